/* What hands do: wheel, drag, pinch and keys, as calls on the page. */

const PAN_STEP = 0.15;
const ZOOM_STEP = 1.4;

class Gestures {
  constructor(page, canvas, overview) {
    this.page = page;
    this.pointers = new Map();
    this.moved = 0;
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => page.hover(NONE, 0, 0));
    byId("timeline").addEventListener("keydown", (event) => this.#key(event));
    this.#slide(overview);
  }

  #wheel(event) {
    const { camera } = this.page;
    const unit = event.deltaMode === 1 ? 16 : 1;
    const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
    if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
      camera.pan(sideways * unit);
    } else if (event.deltaY > 0 && camera.isFitted && !event.ctrlKey) {
      return; // All is in view: the wheel scrolls the document.
    } else {
      camera.zoom(Math.exp((-event.deltaY * unit * (event.ctrlKey ? 4 : 1)) / 400), event.offsetX - GUTTER);
    }
    event.preventDefault();
  }

  #down(event) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (this.pointers.size === 1) this.moved = 0;
  }

  #move(event) {
    const { page } = this;
    const pointer = this.pointers.get(event.pointerId);
    if (!pointer) {
      page.hover(page.operationAt(event.offsetX, event.offsetY), event.offsetX, event.offsetY);
      return;
    }
    const before = this.#spread();
    const dx = event.offsetX - pointer.x;
    const dy = event.offsetY - pointer.y;
    this.moved += Math.abs(dx) + Math.abs(dy);
    pointer.x = event.offsetX;
    pointer.y = event.offsetY;
    if (this.pointers.size === 2) {
      const after = this.#spread();
      if (before.length > 0) page.camera.zoom(after.length / before.length, after.middle - GUTTER);
      page.camera.pan(before.middle - after.middle);
    } else if (this.moved > 4) {
      page.hover(NONE, 0, 0);
      page.camera.pan(-dx, -dy);
    }
  }

  #spread() {
    const [a, b] = [...this.pointers.values()];
    return b ? { length: Math.abs(a.x - b.x), middle: (a.x + b.x) / 2 } : { length: 0, middle: a.x };
  }

  #up(event) {
    const wasOne = this.pointers.size === 1;
    this.pointers.delete(event.pointerId);
    if (wasOne && this.moved <= 4) this.page.focus(this.page.operationAt(event.offsetX, event.offsetY));
  }

  #slide(overview) {
    let isSliding = false;
    const slide = (event) => {
      if (!isSliding) return;
      const { camera, overview: strip } = this.page;
      camera.moveTo(strip.at(event.offsetX) - (camera.right - camera.left) / 2);
    };
    overview.addEventListener("pointerdown", (event) => {
      overview.setPointerCapture(event.pointerId);
      isSliding = true;
      slide(event);
    });
    overview.addEventListener("pointermove", slide);
    for (const end of ["pointerup", "pointercancel"]) overview.addEventListener(end, () => (isSliding = false));
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = event.shiftKey && event.key.startsWith("Arrow") ? this.#pans()[event.key] : this.#actions()[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #pans() {
    const { camera } = this.page;
    const step = camera.width * PAN_STEP;
    return {
      ArrowLeft: () => camera.pan(-step),
      ArrowRight: () => camera.pan(step),
      ArrowUp: () => camera.pan(0, -60),
      ArrowDown: () => camera.pan(0, 60),
    };
  }

  #actions() {
    const { page } = this;
    return {
      ArrowLeft: () => page.walk(-1),
      ArrowRight: () => page.walk(1),
      ArrowUp: () => page.climb(-1),
      ArrowDown: () => page.climb(1),
      Home: () => page.walkToEnd(-1),
      End: () => page.walkToEnd(1),
      "[": () => page.follow(-1),
      "]": () => page.follow(1),
      "+": () => page.camera.zoom(ZOOM_STEP),
      "=": () => page.camera.zoom(ZOOM_STEP),
      "-": () => page.camera.zoom(1 / ZOOM_STEP),
      0: () => page.camera.fit(page.scene),
      c: () => page.focus(page.story.culprit),
      Escape: () => page.focus(NONE),
      "/": () => byId("search").focus(),
    };
  }
}
