/* Paints a scene: faults behind, bars in rows, the order as a numbered line through them. */

const GUTTER = 92;
const AXIS = 28;
const LANE = 22;
const MOST_LANES = 3;
const STATES = 34;
const DUST = 3;
const LEAST_LETTERS = 4;
const LEAST_ROW = 20;

class Painter {
  constructor(canvas, story) {
    this.canvas = canvas;
    this.story = story;
    this.route = new RoutePainter(this);
    this.refresh();
  }

  /** Reads the colours again, after a change of theme. */
  refresh() {
    this.palette = readPalette();
    const pen = this.canvas.getContext("2d");
    pen.font = "12px " + this.palette.mono;
    this.letter = pen.measureText("m".repeat(20)).width / 20;
  }

  /** Chooses the measures for a scene and the height there is; returns the height it takes. */
  arrange(scene, order, available) {
    this.scene = scene;
    this.lanes = packFaults(scene, this.story.faults);
    this.hasStates = order !== null && order.states.length > 0;
    this.top = 14 + (this.lanes.count > 0 || this.story.notes.length > 0 ? Math.max(1, this.lanes.count) * LANE + 4 : 0);
    this.bottom = AXIS + (this.hasStates ? STATES : 0);
    const rows = Math.max(1, scene.rows.length);
    const room = Math.max(160, available - this.top - this.bottom);
    this.rowHeight = clamp(Math.floor(room / rows), LEAST_ROW, rows <= 6 ? 64 : 44);
    this.body = Math.min(room, rows * this.rowHeight);
    this.overflow = rows * this.rowHeight - this.body;
    return this.top + this.body + this.bottom;
  }

  rowTop(row) {
    return this.top + row * this.rowHeight - this.camera.top;
  }

  rowMiddle(row) {
    return this.rowTop(row) + this.rowHeight / 2;
  }

  paint(view) {
    this.view = view;
    this.camera = view.camera;
    const { pen, width, height } = prepare(this.canvas, this.top + this.body + this.bottom);
    this.pen = pen;
    this.width = width;
    this.height = height;
    this.plot = width - GUTTER;
    pen.fillStyle = this.palette.paper;
    pen.fillRect(0, 0, width, height);
    this.#clipped(GUTTER, 0, this.plot, height, () => {
      this.#grid();
      this.#faults();
    });
    this.#clipped(GUTTER, this.top, this.plot, this.body, () => {
      this.view.flag = null;
      this.#bars();
      this.route.paint(this.view);
      this.#marks();
      this.#flag();
    });
    if (this.hasStates) this.#clipped(GUTTER, this.top + this.body, this.plot, STATES, () => this.route.paintStates());
    this.#gutter();
  }

  #clipped(x, y, width, height, draw) {
    this.pen.save();
    this.pen.beginPath();
    this.pen.rect(x, y, width, height);
    this.pen.clip();
    draw();
    this.pen.restore();
  }

  x(at) {
    return GUTTER + this.camera.x(at);
  }

  #grid() {
    const { pen, palette } = this;
    for (let row = 0; row < this.scene.rows.length; row++) {
      const top = this.rowTop(row);
      if (row % 2 === 0 && top < this.top + this.body && top + this.rowHeight > this.top) {
        pen.fillStyle = palette.stripe;
        const from = Math.max(top, this.top);
        pen.fillRect(GUTTER, from, this.plot, Math.min(top + this.rowHeight, this.top + this.body) - from);
      }
    }
    const y = this.height - AXIS;
    pen.strokeStyle = palette.line;
    pen.fillStyle = palette.faint;
    pen.font = "11px " + palette.sans;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    if (this.scene.axis === EVEN) {
      pen.fillText("journal order →  distances mean nothing", GUTTER + 4, y + AXIS / 2);
      return;
    }
    pen.textAlign = "center";
    for (const tick of ticks(this.camera.left, this.camera.right, this.plot / 110, this.story.epoch)) {
      const x = Math.round(this.x(tick.at)) + 0.5;
      pen.beginPath();
      pen.moveTo(x, this.top - 6);
      pen.lineTo(x, y + 5);
      pen.stroke();
      const half = pen.measureText(tick.label).width / 2;
      if (x - half > GUTTER && x + half < this.width) pen.fillText(tick.label, x, y + AXIS / 2 + 2);
    }
  }

  #faults() {
    const { pen, palette, lanes } = this;
    for (const { fault, lane, from, to } of lanes.placed) {
      const left = Math.max(this.x(from), GUTTER);
      const right = Math.min(this.x(to), this.width);
      if (right < GUTTER || left > this.width) continue;
      const breadth = Math.max(right - left, 2);
      pen.fillStyle = palette.fault;
      pen.fillRect(left, 14, breadth, this.top + this.body - 14);
      pen.fillStyle = palette.faultHatch;
      pen.fillRect(left, this.top, breadth, this.body);
      const y = 14 + lane * LANE;
      pen.fillStyle = palette.faultEdge;
      pen.fillRect(left, y, breadth, 2);
      const text = fault.label + (fault.targets ? " " + fault.targets : "");
      this.write(text, left + 6, y + LANE / 2 + 1, breadth - 10, palette.faultInk, "600 11px " + palette.sans, 6.8);
    }
    pen.fillStyle = palette.faultInk;
    for (const note of this.story.notes) {
      const x = this.x(this.scene.place(note.at));
      if (x < GUTTER || x > this.width) continue;
      pen.beginPath();
      pen.moveTo(x - 5, this.top - 9);
      pen.lineTo(x + 5, this.top - 9);
      pen.lineTo(x, this.top - 2);
      pen.fill();
    }
  }

  /** As much of the text as fits, left-aligned around `y`. */
  write(text, x, y, room, colour, font, letter = this.letter) {
    const most = Math.floor(room / letter);
    if (most < Math.min(text.length, LEAST_LETTERS)) return;
    this.pen.fillStyle = colour;
    this.pen.font = font;
    this.pen.textAlign = "left";
    this.pen.textBaseline = "middle";
    this.pen.fillText(text.length <= most ? text : text.slice(0, most - 1) + "…", x, y);
  }

  #bars() {
    this.scene.rows.forEach((row, place) => {
      const top = this.rowTop(place);
      if (top + this.rowHeight >= this.top && top <= this.top + this.body) this.#row(row.ids, top);
    });
  }

  /** Operations too narrow to see are drawn together, so that a frame costs pixels, not history. */
  #row(ids, top) {
    const { camera, scene, story } = this;
    const y = top + (this.rowHeight - this.barHeight()) / 2;
    const runs = [new Run(), new Run(), new Run()];
    for (let i = scene.firstEndingAfter(ids, camera.left); i < ids.length; i++) {
      const id = ids[i];
      const from = this.x(scene.from(id));
      if (from > this.width) break;
      const to = this.x(scene.tail(ids, i));
      if (to - from < DUST && !this.#matters(id)) {
        const outcome = story.outcome[id];
        if (!runs[outcome].extend(from, to)) {
          this.#dust(runs[outcome], outcome, y);
          runs[outcome].begin(from, to);
        }
      } else {
        this.#bar(id, from, Math.max(to, from + DUST), y);
      }
    }
    runs.forEach((run, outcome) => this.#dust(run, outcome, y));
  }

  barHeight() {
    return Math.min(30, this.rowHeight - (this.rowHeight > 30 ? 12 : 6));
  }

  #matters(id) {
    return this.story.inMinimal[id] === 1 || id === this.view.focus;
  }

  #dust(run, outcome, y) {
    if (run.isEmpty) return;
    const { pen, palette } = this;
    pen.globalAlpha = this.view.matches ? 0.2 : [0.5, 0.9, 0.6][outcome];
    pen.fillStyle = [palette.okEdge, palette.unknownEdge, palette.failedEdge][outcome];
    pen.fillRect(run.from, y + 4, run.to - run.from, this.barHeight() - 8);
    pen.globalAlpha = 1;
  }

  #bar(id, from, to, y) {
    const { pen, palette, story } = this;
    const height = this.barHeight();
    const outcome = story.outcome[id];
    const isCulprit = id === story.culprit;
    const back = outcome === UNKNOWN ? Math.min(this.x(this.scene.to(id)), to) : to;
    const left = Math.max(from, GUTTER - 8);
    const right = Math.min(to, this.width + 8);
    pen.globalAlpha = this.view.matches && !this.view.matches[id] ? 0.22 : 1;
    pen.lineWidth = isCulprit ? 2.5 : 1.25;
    pen.setLineDash(outcome === FAILED ? [2, 3] : []);
    pen.strokeStyle = isCulprit ? palette.badEdge : [palette.okEdge, palette.unknownEdge, palette.failedEdge][outcome];
    pen.fillStyle = isCulprit ? palette.bad : [palette.ok, palette.unknownHatch, "transparent"][outcome];
    pen.beginPath();
    if (outcome === UNKNOWN) openEnd(pen, left, y, right, height);
    else pen.roundRect(left, y, Math.max(right - left, 1), height, Math.min(5, (right - left) / 2));
    pen.fill();
    pen.stroke();
    pen.setLineDash([]);
    if (outcome === UNKNOWN && back < right - 4) this.#giveUp(back, y, height);
    const ink = isCulprit ? palette.badInk : [palette.okInk, palette.unknownInk, palette.failedInk][outcome];
    const start = Math.max(from, GUTTER) + 8;
    const label = (isCulprit ? "✗ " : "") + story.label(id);
    if (isCulprit && (right - start - 6) / this.letter < label.length) {
      this.view.flag = { label, from: left, to: right, y: y + height / 2 };
    } else if (height >= 14) {
      this.write(label, start, y + height / 2 + 0.5, right - start - 6, ink, (isCulprit ? "bold " : "") + "12px " + palette.mono);
    }
    if (outcome === FAILED) this.#strike(left, right, y + height / 2 + 4.5);
    if (this.view.isWhole && !isCulprit && story.inMinimal[id]) this.#underline(left, right, y + height);
    pen.globalAlpha = 1;
  }

  /** The culprit's label beside it, where its bar is too short. */
  #flag() {
    const { pen, palette, view } = this;
    if (!view.flag) return;
    const { label, from, to, y } = view.flag;
    const breadth = label.length * this.letter + 16;
    const isRoomAfter = to + 16 + breadth < this.width;
    const left = isRoomAfter ? to + 16 : Math.max(GUTTER + 2, from - breadth - 6);
    pen.fillStyle = palette.bad;
    pen.beginPath();
    pen.roundRect(left, y - 11, breadth, 22, 11);
    pen.fill();
    this.write(label, left + 8, y + 0.5, breadth, palette.badInk, "bold 12px " + palette.mono);
  }

  /** Where the client of an unknown operation stopped waiting. */
  #giveUp(x, y, height) {
    this.pen.setLineDash([2, 2]);
    this.pen.beginPath();
    this.pen.moveTo(x, y);
    this.pen.lineTo(x, y + height);
    this.pen.stroke();
    this.pen.setLineDash([]);
  }

  #strike(left, right, y) {
    this.pen.fillStyle = this.palette.failedEdge;
    this.pen.fillRect(left + 3, y, Math.max(0, right - left - 6), 1);
  }

  #underline(left, right, y) {
    this.pen.fillStyle = this.palette.accent;
    this.pen.fillRect(left, y + 1.5, right - left, 3);
  }

  #marks() {
    const { view, scene, pen, palette } = this;
    for (const [id, colour, width] of [[view.hover, palette.faint, 1.5], [view.focus, palette.focus, 3]]) {
      if (!scene.shows(id)) continue;
      const height = this.barHeight();
      const left = Math.max(this.x(scene.from(id)), GUTTER - 9);
      const ids = scene.rows[scene.row(id)].ids;
      const right = Math.min(this.x(scene.tail(ids, lowerBound(ids, id))), this.width + 9);
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      pen.roundRect(left - 3, this.rowMiddle(scene.row(id)) - height / 2 - 3, Math.max(right - left, DUST) + 6, height + 6, 7);
      pen.stroke();
    }
  }

  #gutter() {
    const { pen, palette } = this;
    pen.fillStyle = palette.paper;
    pen.fillRect(0, 0, GUTTER, this.height);
    pen.strokeStyle = palette.line;
    pen.lineWidth = 1;
    pen.strokeRect(GUTTER - 0.5, this.top, 0, this.body);
    const write = (text, y, colour, weight = "") =>
      this.write(text, 14, y, GUTTER - 18, colour, weight + "12px " + palette.sans, 6.4);
    this.#clipped(0, this.top, GUTTER, this.body, () => {
      this.scene.rows.forEach((row, place) => {
        const hasCulprit = this.story.culprit !== NONE && this.story.process[this.story.culprit] === row.process;
        write("process " + row.process, this.rowMiddle(place), hasCulprit ? palette.badEdge : palette.ink, hasCulprit ? "bold " : "");
      });
    });
    const hidden = Math.round((this.overflow - this.camera.top) / this.rowHeight);
    if (hidden > 0) write("▾ " + hidden + " more", this.height - AXIS / 2 + 2, palette.faint);
    if (this.camera.top > 0) write("▴", this.top - 7, palette.faint);
    if (this.overflow > 0) this.#scrollMark();
    if (this.lanes.count > 0) write("faults", 14 + LANE / 2 + 1, palette.faultInk);
    if (this.hasStates) write("model state", this.top + this.body + 17, palette.faint);
  }

  /** How much of the rows is in view, where they are too many. */
  #scrollMark() {
    const part = this.body / (this.body + this.overflow);
    this.pen.fillStyle = this.palette.faint;
    this.pen.beginPath();
    this.pen.roundRect(this.width - 6, this.top + this.camera.top * part, 4, this.body * part, 2);
    this.pen.fill();
  }
}
