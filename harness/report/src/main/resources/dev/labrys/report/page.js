/* The page: holds what is shown and chosen, and connects the parts. */

/** A scene so small needs no overview. */
const SMALL = 12;

class Page {
  constructor(story) {
    this.story = story;
    this.view = { focus: NONE, hover: NONE, matches: null, order: null, points: null, orderIsDrawn: true, isWhole: true };
    this.camera = new Camera(() => this.draw());
    this.view.camera = this.camera;
    this.painter = new Painter(byId("canvas"), story);
    this.overview = new Overview(byId("overview"), story);
    this.details = new Details(story);
    this.search = new Search(story);
    this.steps = new Steps(story, (id) => this.focus(id));
    this.isWhole = story.minimal.length === 0;
    this.key = story.culpritKey;
    this.orderChoice = story.orders.findIndex((order) => order.key === this.key);
    if (this.orderChoice === -1 && story.orders.length > 0) this.orderChoice = 0;
    if (story.kind === "valid" && story.orders.length > 0) this.key = story.orders[0].key;
    this.axis = NONE;
    new Gestures(this, byId("canvas"), byId("overview"));
  }

  get scene() {
    return this.camera.scene;
  }

  /** Lays the chosen operations out anew. */
  stage() {
    const { story } = this;
    const ids = this.isWhole ? this.#whole() : [...story.minimal].sort((a, b) => a - b);
    const axis = this.axis === NONE ? (this.isWhole ? TIME : this.#suitableAxis(ids)) : this.axis;
    const scene = new Scene(story, ids, axis);
    this.view.order = this.orderChoice === NONE ? null : story.orders[this.orderChoice];
    this.view.points = this.view.order?.points(scene) ?? null;
    if (!scene.shows(this.view.focus)) this.view.focus = NONE;
    this.search.run(scene, byId("search").value);
    this.view.matches = this.search.matches;
    byId("strip").hidden = ids.length <= SMALL;
    this.#measure(scene);
    this.camera.fit(scene);
    this.steps.show(this.view.order);
    this.view.isWhole = this.isWhole;
    this.details.show(this.view.focus === NONE ? story.culprit : this.view.focus, this.view.order);
    this.controls.reflect();
  }

  #whole() {
    const ids = [];
    const isMixed = this.key === NONE;
    for (let id = 0; id < this.story.size; id++) {
      if (isMixed || this.story.key[id] === this.key) ids.push(id);
    }
    if (ids.length > 0 || isMixed) return ids;
    this.key = NONE;
    return this.#whole();
  }

  /** Time, unless it would squeeze an operation of a small scene out of sight. */
  #suitableAxis(ids) {
    const scene = new Scene(this.story, ids, TIME);
    const least = Math.min(...ids.map((id) => scene.latest(id) - scene.from(id)));
    return least / (scene.end - scene.start) < 0.05 ? EVEN : TIME;
  }

  #measure(scene) {
    const available = Math.max(260, innerHeight * 0.56);
    this.painter.arrange(scene, this.view.order, available);
    this.camera.width = Math.max(50, byId("canvas").parentElement.clientWidth - GUTTER);
    this.camera.overflow = this.painter.overflow;
    this.overview.arrange(scene, this.painter.palette);
  }

  resize() {
    this.#measure(this.scene);
    this.camera.pan(0);
  }

  retheme() {
    this.painter.refresh();
    this.overview.arrange(this.scene, this.painter.palette);
    this.draw();
  }

  draw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.painter.paint(this.view);
      this.overview.paint(this.camera);
      byId("crowded").hidden = this.view.order === null || this.view.orderIsDrawn;
    });
  }

  operationAt(x, y) {
    const { painter, scene, camera } = this;
    if (x < GUTTER || y < painter.top || y > painter.top + painter.body) return NONE;
    const row = scene.rows[Math.floor((y - painter.top + camera.top) / painter.rowHeight)];
    return row ? scene.nearest(row.ids, camera.at(x - GUTTER), 6 / camera.scale) : NONE;
  }

  hover(id, x, y) {
    byId("canvas").classList.toggle("pointing", id !== NONE);
    this.details.point(id, this.view.order, x, y, this.camera.width + GUTTER);
    if (id === this.view.hover) return;
    this.view.hover = id;
    this.draw();
  }

  focus(id) {
    if (id !== NONE && !this.scene.shows(id)) this.#widen(id);
    this.view.focus = id;
    this.details.show(id, this.view.order);
    this.steps.mark(id);
    if (id !== NONE) {
      this.details.announce(id, this.view.order);
      this.#reveal(id);
    }
    this.draw();
  }

  /** Shows more of the history, so that an operation is in it. */
  #widen(id) {
    this.isWhole = true;
    if (this.key !== NONE && this.story.key[id] !== this.key) this.key = NONE;
    this.stage();
  }

  #reveal(id) {
    const { scene, camera, painter } = this;
    const row = scene.row(id);
    camera.revealRow(row * painter.rowHeight, (row + 1) * painter.rowHeight, painter.body);
    const length = scene.latest(id) - scene.from(id);
    camera.reveal(scene.from(id), scene.from(id) + length, Math.max(length, (scene.to(id) - scene.from(id)) || 1) * 60);
  }

  /** To the next operation of the same process, or the first in view. */
  walk(direction) {
    if (this.view.focus === NONE) {
      this.focus(this.#firstInView());
      return;
    }
    const ids = this.scene.rows[this.scene.row(this.view.focus)].ids;
    const place = lowerBound(ids, this.view.focus) + direction;
    if (place >= 0 && place < ids.length) this.focus(ids[place]);
    else this.details.say("No further operation of process " + this.story.process[this.view.focus] + ".");
  }

  walkToEnd(direction) {
    const row = this.view.focus === NONE ? 0 : this.scene.row(this.view.focus);
    const ids = this.scene.rows[row]?.ids ?? [NONE];
    this.focus(direction < 0 ? ids[0] : ids.at(-1));
  }

  /** To the operation of the neighbouring process at the same moment. */
  climb(direction) {
    if (this.view.focus === NONE) {
      this.focus(this.#firstInView());
      return;
    }
    const row = this.scene.rows[this.scene.row(this.view.focus) + direction];
    if (row) this.focus(this.scene.nearest(row.ids, this.scene.from(this.view.focus), Infinity));
    else this.details.say("No further process.");
  }

  #firstInView() {
    for (const row of this.scene.rows) {
      const place = this.scene.firstEndingAfter(row.ids, this.camera.left);
      if (place < row.ids.length) return row.ids[place];
    }
    return NONE;
  }

  /** To the next step of the order. */
  follow(direction) {
    const { order, points, focus } = this.view;
    if (!order) return;
    const path = Array.from(points.steps, (step) => order.steps[step]);
    if (this.scene.shows(order.stuck)) path.push(order.stuck);
    const place = path.indexOf(focus);
    const next = place === -1 ? (direction > 0 ? 0 : path.length - 1) : place + direction;
    if (next >= 0 && next < path.length) this.focus(path[next]);
    else this.details.say(direction > 0 ? "End of the order." : "Start of the order.");
  }

  find(typed) {
    this.search.run(this.scene, typed);
    this.view.matches = this.search.matches;
    this.draw();
    return this.search.matches ? plural(this.search.found.length, "match").replace("matchs", "matches") : "";
  }
}
