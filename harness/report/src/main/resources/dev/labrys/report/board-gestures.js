/* What hands do on the board: drag to select, double-click for the whole, and keys. */

const CURSOR_STEP = 0.01;

class BoardGestures {
  constructor(board, readout, onChoose) {
    this.board = board;
    this.readout = readout;
    this.onChoose = onChoose;
    this.start = null;
    const { canvas } = board;
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", () => this.#let());
    canvas.addEventListener("pointerleave", () => this.#leave());
    canvas.addEventListener("dblclick", () => this.whole());
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    byId("board").addEventListener("keydown", (event) => this.#key(event));
  }

  whole() {
    this.board.camera.show(this.board.scene.start, this.board.scene.end);
  }

  #down(event) {
    if (event.button !== 0 || event.offsetX < GUTTER) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.start = event.offsetX;
  }

  #move(event) {
    const { board } = this;
    const x = clamp(event.offsetX, GUTTER, board.width);
    if (this.start !== null) {
      const isSelecting = board.view.selection !== null || Math.abs(x - this.start) > 4;
      if (isSelecting) board.view.selection = { from: board.at(this.start), to: board.at(x) };
      this.readout.hide();
      board.view.pointer = null;
    } else if (event.offsetX >= GUTTER && event.offsetY < board.bottom) {
      const { latency } = board;
      const isOverPoints = event.offsetY >= latency.top && event.offsetY <= latency.top + latency.height;
      const point = isOverPoints ? latency.nearest(board, x, event.offsetY) : null;
      board.view.pointer = { x, point };
      this.readout.show(x, event.offsetY, point);
    } else {
      this.#leave();
    }
    board.draw();
  }

  #up(event) {
    if (this.start === null) return;
    const { board } = this;
    const { selection } = board.view;
    this.#let();
    if (selection) {
      board.camera.show(Math.min(selection.from, selection.to), Math.max(selection.from, selection.to));
    } else if (event.offsetY < board.bottom) {
      board.point(board.at(event.offsetX));
      this.onChoose(board.view.cursor);
    }
  }

  #let() {
    this.start = null;
    this.board.view.selection = null;
    this.board.draw();
  }

  #leave() {
    this.board.view.pointer = null;
    this.readout.hide();
    this.board.draw();
  }

  #wheel(event) {
    const { camera } = this.board;
    const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
    if (event.ctrlKey) camera.zoom(Math.exp(-event.deltaY / 100), event.offsetX - GUTTER);
    else if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) camera.pan(sideways);
    else return; // The wheel alone scrolls the document.
    event.preventDefault();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { board } = this;
    const { camera } = board;
    const pan = camera.width * PAN_STEP;
    const actions = event.shiftKey
      ? { ArrowLeft: () => camera.pan(-pan), ArrowRight: () => camera.pan(pan), "+": () => this.#zoom(ZOOM_STEP) }
      : {
          ArrowLeft: () => this.#step(-1),
          ArrowRight: () => this.#step(1),
          "+": () => this.#zoom(ZOOM_STEP),
          "=": () => this.#zoom(ZOOM_STEP),
          "-": () => this.#zoom(1 / ZOOM_STEP),
          0: () => this.whole(),
          Home: () => this.#go(camera.left),
          End: () => this.#go(camera.right),
          Enter: () => board.view.cursor !== NONE && this.onChoose(board.view.cursor),
          Escape: () => this.#release(),
        };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #zoom(factor) {
    const { board } = this;
    board.camera.zoom(factor, board.view.cursor === NONE ? undefined : clamp(board.camera.x(board.view.cursor), 0, board.camera.width));
  }

  #step(direction) {
    const { camera, view } = this.board;
    const from = view.cursor === NONE ? (camera.left + camera.right) / 2 : view.cursor;
    this.#go(from + (camera.right - camera.left) * CURSOR_STEP * direction);
  }

  #go(at) {
    this.board.point(clamp(at, 0, this.board.story.end));
    this.readout.say(this.board.view.cursor);
  }

  #release() {
    this.board.view.pinned = NONE;
    this.board.point(NONE);
  }
}
