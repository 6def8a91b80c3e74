/* The log: a window on as many lines as there are, of which only those in sight are elements. */

const LOG_ROW = 22;
const LOG_MARGIN = 8;

class Log {
  constructor(story, board) {
    this.story = story;
    this.board = board;
    this.lines = new LogLines(story.nodes);
    this.list = byId("loglist");
    this.space = byId("logspace");
    this.nodes = story.nodes.map(() => true);
    this.words = [];
    this.chosen = NONE;
    this.passed = new Uint32Array(0);
    byId("logs").hidden = story.nodes.length === 0;
    this.#controls();
    this.list.addEventListener("scroll", () => this.#soon());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-line]");
      if (row) this.choose(Number(row.dataset.line));
    });
    this.list.addEventListener("keydown", (event) => this.#key(event));
    board.onMove(() => this.#later());
    this.run();
  }

  #controls() {
    byId("lognodes").append(
      ...this.story.nodes.map((node, place) => {
        const button = element("button", { type: "button", "aria-pressed": "true" }, node.name);
        button.addEventListener("click", () => {
          this.nodes[place] = !this.nodes[place];
          button.setAttribute("aria-pressed", String(this.nodes[place]));
          this.run();
        });
        return button;
      }),
    );
    for (const id of ["loglevel", "logspan"]) byId(id).addEventListener("change", () => this.run());
    byId("logsearch").addEventListener("input", () => this.run());
    const left = this.story.nodes.filter((node) => node.log.leftout > 0);
    byId("logleftout").textContent = left
      .map((node) => plural(node.log.leftout, "line") + " of " + node.name + " left out, the least important first.")
      .join(" ");
  }

  /** After the picture has come to rest. */
  #later() {
    if (!byId("logspan").checked) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), 80);
  }

  run() {
    const { camera, scene } = this.board;
    const isWhole = !byId("logspan").checked || camera.isFitted;
    this.words = wordsOf(byId("logsearch").value);
    this.passed = this.lines.filter({
      nodes: this.nodes,
      level: Number(byId("loglevel").value),
      from: isWhole ? -Infinity : Math.max(camera.left, scene.start),
      to: isWhole ? Infinity : camera.right,
      words: this.words,
    });
    const count = this.passed.length.toLocaleString("en");
    byId("logcount").textContent =
      this.passed.length === this.lines.size ? plural(this.lines.size, "line") + "." : count + " of " + plural(this.lines.size, "line") + ".";
    this.space.style.height = Math.max(1, this.passed.length) * LOG_ROW + "px";
    this.list.scrollTop = 0;
    if (this.chosen !== NONE) this.#reveal();
    this.#paint();
  }

  #soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#paint();
    });
  }

  #paint() {
    const first = Math.max(0, Math.floor(this.list.scrollTop / LOG_ROW) - LOG_MARGIN);
    const last = Math.min(this.passed.length, first + Math.ceil(this.list.clientHeight / LOG_ROW) + 2 * LOG_MARGIN);
    const rows = [];
    for (let place = first; place < last; place++) rows.push(this.#row(place));
    this.space.replaceChildren(...rows);
  }

  #row(place) {
    const line = this.passed[place];
    const level = LEVELS[this.lines.level[line]];
    const row = element(
      "div",
      { className: "row " + level, id: "line" + line, role: "option", "aria-posinset": place + 1, "aria-setsize": this.passed.length },
      element("span", { className: "when" }, runTime(this.lines.at[line])),
      element("span", { className: "node" }, this.story.nodes[this.lines.node[line]].name),
      element("span", { className: "level" }, level),
      element("span", { className: "text" }, ...marked(this.lines.text[line], this.words)),
    );
    row.dataset.line = String(line);
    row.setAttribute("aria-selected", String(line === this.chosen));
    row.style.top = place * LOG_ROW + "px";
    return row;
  }

  #key(event) {
    const page = Math.floor(this.list.clientHeight / LOG_ROW) - 1;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || this.passed.length === 0) return;
    event.preventDefault();
    const place = this.chosen === NONE ? -1 : this.#place(this.chosen);
    this.choose(this.passed[clamp(place + steps[event.key], 0, this.passed.length - 1)]);
  }

  #place(line) {
    return lowerBound(this.passed, line);
  }

  choose(line) {
    this.chosen = line;
    this.list.setAttribute("aria-activedescendant", "line" + line);
    this.#reveal();
    this.#paint();
    const about = this.story.nodes[this.lines.node[line]].name + " at " + runTime(this.lines.at[line]) + ": ";
    byId("logline").hidden = false;
    byId("logline").replaceChildren(about, element("code", {}, this.lines.text[line]));
    this.board.point(this.lines.at[line]);
  }

  #reveal() {
    const top = this.#place(this.chosen) * LOG_ROW;
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    else if (top + LOG_ROW > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = top + LOG_ROW - this.list.clientHeight;
  }

  /** To the first line at or after a moment. */
  show(at) {
    const next = Array.prototype.findIndex.call(this.passed, (line) => this.lines.at[line] >= at);
    this.list.scrollTop = (next === -1 ? this.passed.length : next) * LOG_ROW;
    this.#soon();
  }
}
