/* The camera: which part of a scene is in the picture. */

const GLIDE_MILLIS = 220;

class Camera {
  constructor(onMove) {
    this.onMove = onMove;
    this.left = 0;
    this.right = 1;
    this.top = 0;
    this.width = 1;
    this.overflow = 0;
    this.gliding = 0;
  }

  /** Shows all of the scene. */
  fit(scene) {
    this.scene = scene;
    this.#stop();
    this.left = scene.start;
    this.right = scene.end;
    this.top = 0;
    this.onMove();
  }

  get isFitted() {
    return this.right - this.left >= (this.scene.end - this.scene.start) * (1 - 1e-9);
  }

  get scale() {
    return this.width / (this.right - this.left);
  }

  x(at) {
    return (at - this.left) * this.scale;
  }

  at(x) {
    return this.left + x / this.scale;
  }

  zoom(factor, x = this.width / 2) {
    this.#stop();
    const pivot = this.at(x);
    this.#frame(pivot - (pivot - this.left) / factor, pivot + (this.right - pivot) / factor);
  }

  pan(dx, dy = 0) {
    this.#stop();
    const shift = dx / this.scale;
    this.top = clamp(this.top + dy, 0, this.overflow);
    this.#frame(this.left + shift, this.right + shift);
  }

  moveTo(left) {
    this.#stop();
    this.#frame(left, left + this.right - this.left);
  }

  /** Makes the stretch the picture. */
  show(from, to) {
    this.#glide(from, to);
  }

  /** Brings the stretch into the picture, with room around it; moves only if it must. */
  reveal(from, to, widest = Infinity) {
    const visible = Math.min(this.right - this.left, widest);
    const inside = from >= this.left && Math.min(to, from + visible * 0.8) <= this.right;
    if (inside && this.right - this.left <= widest) return;
    const middle = to - from < visible ? (from + to) / 2 : from + visible * 0.4;
    this.#glide(middle - visible / 2, middle + visible / 2);
  }

  revealRow(top, bottom, height) {
    if (top < this.top) this.top = top;
    else if (bottom > this.top + height) this.top = bottom - height;
    this.top = clamp(this.top, 0, this.overflow);
  }

  #frame(left, right) {
    const { start, end, axis } = this.scene;
    const most = end - start;
    const least = axis === EVEN ? 2 : Math.min(most, 50);
    const length = clamp(right - left, least, most);
    const middle = (left + right) / 2;
    this.left = clamp(middle - length / 2, start, end - length);
    this.right = this.left + length;
    this.onMove();
  }

  #glide(left, right) {
    this.#stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#frame(left, right);
      return;
    }
    const from = [this.left, this.right];
    const begun = performance.now();
    const move = (now) => {
      const part = clamp((now - begun) / GLIDE_MILLIS, 0, 1);
      const eased = 1 - (1 - part) ** 3;
      this.#frame(from[0] + (left - from[0]) * eased, from[1] + (right - from[1]) * eased);
      this.gliding = part < 1 ? requestAnimationFrame(move) : 0;
    };
    this.gliding = requestAnimationFrame(move);
  }

  #stop() {
    cancelAnimationFrame(this.gliding);
    this.gliding = 0;
  }
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
