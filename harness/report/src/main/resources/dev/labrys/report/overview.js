/* The overview: the whole scene in a strip, with a window on what the camera shows. */

const OVERVIEW_HEIGHT = 46;

class Overview {
  constructor(canvas, story) {
    this.canvas = canvas;
    this.story = story;
    this.backdrop = document.createElement("canvas");
  }

  /** Draws what only a new scene, theme or size changes. */
  arrange(scene, palette) {
    this.scene = scene;
    this.palette = palette;
    const { width } = prepare(this.canvas, OVERVIEW_HEIGHT);
    this.width = width;
    if (width === 0) return;
    this.backdrop.width = this.canvas.width;
    this.backdrop.height = this.canvas.height;
    const pen = this.backdrop.getContext("2d");
    const ratio = this.canvas.width / width;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = palette.stripe;
    pen.fillRect(0, 0, width, OVERVIEW_HEIGHT);
    pen.fillStyle = palette.fault;
    for (const { from, to } of packFaults(scene, this.story.faults).placed) {
      pen.fillRect(this.x(from), 0, Math.max(1, this.x(to) - this.x(from)), OVERVIEW_HEIGHT);
    }
    this.#rows(pen);
    this.#landmarks(pen);
  }

  x(at) {
    return ((at - this.scene.start) / (this.scene.end - this.scene.start)) * this.width;
  }

  at(x) {
    return this.scene.start + (x / this.width) * (this.scene.end - this.scene.start);
  }

  #rows(pen) {
    const { scene, story, palette } = this;
    const height = (OVERVIEW_HEIGHT - 8) / Math.max(1, scene.rows.length);
    scene.rows.forEach((row, place) => {
      const y = 4 + place * height;
      let drawnTo = -1;
      row.ids.forEach((id, i) => {
        const from = this.x(scene.from(id));
        const to = Math.max(this.x(scene.tail(row.ids, i)), from + 0.7);
        if (to <= drawnTo + 0.5 && story.outcome[id] === OK) return;
        drawnTo = to;
        pen.fillStyle = [palette.okEdge, palette.unknownEdge, palette.failedEdge][story.outcome[id]];
        pen.fillRect(from, y + height * 0.15, to - from, Math.max(0.6, height * 0.7));
      });
    });
  }

  #landmarks(pen) {
    for (const id of [...this.story.minimal, this.story.culprit]) {
      if (!this.scene.shows(id)) continue;
      const isCulprit = id === this.story.culprit;
      pen.fillStyle = isCulprit ? this.palette.badEdge : this.palette.accent;
      pen.fillRect(this.x(this.scene.from(id)) - 1, 0, isCulprit ? 3 : 2, OVERVIEW_HEIGHT);
    }
  }

  paint(camera) {
    if (byId("strip").hidden) return;
    const { pen, width } = prepare(this.canvas, OVERVIEW_HEIGHT);
    if (width !== this.width) this.arrange(this.scene, this.palette);
    pen.drawImage(this.backdrop, 0, 0, width, OVERVIEW_HEIGHT);
    const left = this.x(camera.left);
    const right = Math.max(this.x(camera.right), left + 3);
    pen.globalAlpha = 0.62;
    pen.fillStyle = this.palette.paper;
    pen.fillRect(0, 0, left, OVERVIEW_HEIGHT);
    pen.fillRect(right, 0, width - right, OVERVIEW_HEIGHT);
    pen.globalAlpha = 1;
    pen.strokeStyle = this.palette.focus;
    pen.lineWidth = 2;
    pen.strokeRect(left + 1, 1, Math.max(1, right - left - 2), OVERVIEW_HEIGHT - 2);
  }
}
