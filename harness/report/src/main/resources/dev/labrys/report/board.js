/* The board: all panels of a run above each other, on one axis of time. */

const BOARD_COLOURS = [
  "serves", "serves-edge", "paused", "down", "down-ink", "outage", "stall",
  "node-1", "node-2", "node-3", "node-4", "node-5", "node-6", "node-7",
];

class Board {
  constructor(story) {
    this.story = story;
    this.canvas = byId("boardcanvas");
    this.backdrop = document.createElement("canvas");
    this.view = { choice: NONE, shown: [true, true, true], cursor: NONE, pointer: null, highlight: NONE, pinned: NONE, selection: null };
    this.listeners = [];
    this.faults = new FaultPanel(story);
    this.latency = new LatencyPanel(story);
    this.rate = new RatePanel(story);
    this.panels = [this.faults, this.latency, this.rate, new LeaderPanel(story)];
    for (const node of story.nodes) this.panels.push(new NodePanel(story, node));
    this.panels.push(new WrongPanel("service", story.outages, "outage"));
    if (story.stalls.length > 0) this.panels.push(new WrongPanel("host", story.stalls, "stall"));
    this.#stack();
    this.camera = new Camera(() => this.#moved());
    const margin = story.end * 0.005;
    this.scene = { start: -margin, end: story.end + margin, axis: TIME };
    this.camera.fit(this.scene);
    this.retheme();
  }

  #stack() {
    let y = 8;
    for (const panel of this.panels) {
      panel.top = y;
      const isStrip = panel instanceof NodePanel || panel instanceof WrongPanel;
      y += panel.height + (isStrip ? 3 : PANEL_GAP);
    }
    this.bottom = y - 6;
    this.height = this.bottom + AXIS;
  }

  /** Tells when what is in the picture has changed. */
  onMove(listener) {
    this.listeners.push(listener);
  }

  #moved() {
    this.refresh();
    for (const listener of this.listeners) listener();
  }

  /** Paints everything anew, soon. */
  refresh() {
    this.isStale = true;
    this.draw();
  }

  /** Paints what lies over the panels anew, soon. */
  draw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#paint();
    });
  }

  retheme() {
    this.palette = readPalette(BOARD_COLOURS);
    this.refresh();
  }

  resize() {
    this.camera.width = Math.max(50, this.canvas.parentElement.clientWidth - GUTTER);
    this.refresh();
  }

  x(at) {
    return GUTTER + this.camera.x(at);
  }

  at(x) {
    return clamp(this.camera.at(x - GUTTER), this.scene.start, this.scene.end);
  }

  clipped(y, height, draw) {
    this.pen.save();
    this.pen.beginPath();
    this.pen.rect(GUTTER, y, this.width - GUTTER, height);
    this.pen.clip();
    draw();
    this.pen.restore();
  }

  #paint() {
    const { pen, width } = prepare(this.canvas, this.height);
    if (width === 0) return;
    this.width = width;
    if (this.isStale || this.backdrop.width !== this.canvas.width) this.#backdrop();
    this.isStale = false;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.backdrop, 0, 0);
    const ratio = this.canvas.width / width;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen = pen;
    this.clipped(0, this.bottom, () => this.#overlay());
  }

  /** All that does not change while the pointer moves. */
  #backdrop() {
    this.backdrop.width = this.canvas.width;
    this.backdrop.height = this.canvas.height;
    const pen = this.backdrop.getContext("2d");
    const ratio = this.canvas.width / this.width;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen = pen;
    pen.fillStyle = this.palette.paper;
    pen.fillRect(0, 0, this.width, this.height);
    this.#axis();
    this.faults.shade(this, this.faults.top, this.bottom - this.faults.top);
    for (const panel of this.panels) panel.paint(this);
    this.clipped(0, this.bottom, () => this.#culprits());
  }

  #axis() {
    const { pen, palette, camera } = this;
    pen.font = "11px " + palette.sans;
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    for (const tick of ticks(camera.left, camera.right, camera.width / 110, 0)) {
      const x = Math.round(this.x(tick.at)) + 0.5;
      if (x < GUTTER) continue;
      pen.strokeStyle = palette.line;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(x, this.latency.top);
      pen.lineTo(x, this.bottom + 5);
      pen.stroke();
      pen.fillStyle = palette.faint;
      const half = pen.measureText(tick.label).width / 2;
      if (x - half > GUTTER - 20 && x + half < this.width) pen.fillText(tick.label, x, this.bottom + AXIS / 2 + 2);
    }
  }

  #culprits() {
    const { pen, palette } = this;
    for (const { at } of this.story.culprits) {
      if (at === NONE) continue;
      const x = this.x(at);
      pen.fillStyle = palette.badEdge;
      pen.fillRect(x - 0.75, this.latency.top, 1.5, this.bottom - this.latency.top);
      const left = x + 80 > this.width ? x - 76 : x + 4;
      pen.fillStyle = palette.bad;
      pen.beginPath();
      pen.roundRect(left, this.latency.top + 2, 72, 18, 9);
      pen.fill();
      inside(this, "✗ culprit", left + 11, this.latency.top + 11.5, 70, palette.badInk, "600 ");
    }
  }

  #overlay() {
    const { pen, palette, view, story } = this;
    const marked = view.highlight !== NONE ? view.highlight : view.pinned;
    if (marked !== NONE) {
      const { from, to } = story.faults[marked];
      this.#band(from, to, palette.faultEdge, 0.22);
      pen.fillStyle = palette.faultEdge;
      pen.fillRect(this.x(from) - 1, 0, 2, this.bottom);
      pen.fillRect(this.x(to) - 1, 0, 2, this.bottom);
    }
    if (view.selection) this.#band(view.selection.from, view.selection.to, palette.focus, 0.2);
    if (view.cursor !== NONE) {
      pen.fillStyle = palette.focus;
      pen.fillRect(this.x(view.cursor) - 1, 0, 2, this.bottom);
    }
    if (view.pointer) {
      pen.fillStyle = palette.faint;
      pen.fillRect(Math.round(view.pointer.x), this.latency.top, 1, this.bottom - this.latency.top);
      const { point } = view.pointer;
      if (point) {
        pen.strokeStyle = palette.focus;
        pen.lineWidth = 2;
        pen.beginPath();
        pen.arc(this.x(point.at), this.latency.y(point.took), 6, 0, 7);
        pen.stroke();
      }
    }
  }

  #band(from, to, colour, alpha) {
    const left = this.x(Math.min(from, to));
    const right = this.x(Math.max(from, to));
    this.pen.globalAlpha = alpha;
    this.pen.fillStyle = colour;
    this.pen.fillRect(left, 0, Math.max(right - left, 2), this.bottom);
    this.pen.globalAlpha = 1;
  }

  /** Marks a moment, for one who asks when something was; brings it into the picture. */
  point(at) {
    this.view.cursor = at;
    if (at !== NONE && (at < this.camera.left || at > this.camera.right)) this.camera.reveal(at, at);
    this.draw();
  }
}
