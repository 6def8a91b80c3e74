/* Paints the order as a route: a line through numbered points, its dead end, and the states between. */

class RoutePainter {
  constructor(painter) {
    this.painter = painter;
  }

  paint(view) {
    this.view = view;
    const { points, order } = view;
    this.view.orderIsDrawn = true;
    if (!order) return;
    if (points.x.length === 0) {
      this.#deadEnd(order);
      return;
    }
    const { pen, palette, camera, plot } = this.painter;
    const first = Math.max(0, lowerBound(points.x, camera.left) - 1);
    const last = Math.min(points.x.length - 1, lowerBound(points.x, camera.right));
    const count = last - first + 1;
    this.view.orderIsDrawn = count <= plot / 5;
    if (!this.view.orderIsDrawn) return;
    const hasRoom = this.painter.rowHeight >= 30;
    const dot = count <= plot / 40 && hasRoom ? 9 : count <= plot / 12 ? 4 : 2;
    pen.strokeStyle = palette.accent;
    pen.lineWidth = 1.5;
    pen.globalAlpha = 0.55;
    pen.beginPath();
    for (let i = first; i <= last; i++) pen.lineTo(this.painter.x(points.x[i]), this.#pointY(order.steps[points.steps[i]]));
    pen.stroke();
    pen.globalAlpha = 1;
    if (last === points.x.length - 1 && order.stuck !== NONE) this.#deadEnd(order);
    for (let i = first; i <= last; i++) {
      const step = points.steps[i];
      this.#point(this.painter.x(points.x[i]), this.#pointY(order.steps[step]), dot, String(order.number(step)));
    }
  }

  /** Points sit on the upper edge of bars, clear of the labels. */
  #pointY(id) {
    const middle = this.painter.rowMiddle(this.painter.scene.row(id));
    return this.painter.rowHeight > 36 ? middle - this.painter.barHeight() / 2 : middle;
  }

  #point(x, y, radius, number) {
    const { pen, palette } = this.painter;
    const half = radius < 9 ? radius : Math.max(radius, number.length * 3.2 + 4);
    pen.beginPath();
    pen.roundRect(x - half, y - radius, half * 2, radius * 2, radius);
    pen.fillStyle = palette.accent;
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = palette.paper;
    pen.stroke();
    if (radius < 9) return;
    pen.fillStyle = palette.accentInk;
    pen.font = "bold 10px " + palette.sans;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(number, x, y + 0.5);
  }

  /** From the last point to the operation that cannot come next. */
  #deadEnd(order) {
    const { pen, palette, scene } = this.painter;
    if (!scene.shows(order.stuck)) return;
    const { steps, x: places } = this.view.points;
    const last = places.length - 1;
    const x = this.painter.x(Math.max(scene.latest(order.stuck), last < 0 ? -Infinity : places[last]));
    const y = this.#pointY(order.stuck);
    pen.strokeStyle = palette.badEdge;
    pen.lineWidth = 2;
    if (last >= 0) {
      pen.setLineDash([5, 4]);
      pen.beginPath();
      pen.moveTo(this.painter.x(places[last]), this.#pointY(order.steps[steps[last]]));
      pen.lineTo(x, y);
      pen.stroke();
      pen.setLineDash([]);
    }
    pen.beginPath();
    pen.arc(x, y, 10, 0, 2 * Math.PI);
    pen.fillStyle = palette.paper;
    pen.fill();
    pen.stroke();
    pen.lineWidth = 2.5;
    pen.beginPath();
    for (const slope of [1, -1]) {
      pen.moveTo(x - 4, y - 4 * slope);
      pen.lineTo(x + 4, y + 4 * slope);
    }
    pen.stroke();
  }

  /** What the object held between the points of the order. */
  paintStates() {
    const { order, points } = this.view;
    if (!order || !this.view.orderIsDrawn || points.x.length === 0) return;
    const { scene, camera, story } = this.painter;
    const { steps, x } = points;
    const count = steps.length;
    const first = Math.max(0, lowerBound(x, camera.left) - 1);
    if (first === 0) this.#state(scene.start, x[0], order.states[0], order.stateBefore(steps[0]));
    for (let i = first; i < count && x[i] <= camera.right; i++) {
      const isLast = i === count - 1;
      const next = isLast ? order.states.at(-1) : order.stateBefore(steps[i + 1]);
      const to = isLast && scene.shows(order.stuck) ? scene.latest(order.stuck) : isLast ? scene.end : x[i + 1];
      const problem = isLast && scene.shows(order.stuck) ? "   ✗ here " + story.label(order.stuck) + " is not possible" : "";
      this.#state(x[i], to, order.stateAfter(steps[i]), next, problem);
    }
  }

  /** Steps that the scene leaves out may change the state between two that it shows. */
  #state(from, to, first, last, problem = "") {
    const { pen, palette, width } = this.painter;
    const left = Math.max(this.painter.x(from), GUTTER - 4);
    const right = Math.min(this.painter.x(to), width + 4);
    if (right - left < 2) return;
    const y = this.painter.top + this.painter.body + 7;
    const height = STATES - 14;
    pen.fillStyle = palette.state;
    pen.strokeStyle = problem ? palette.badEdge : palette.stateEdge;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.rect(left + 1, y, right - left - 2, height);
    pen.fill();
    pen.stroke();
    const text = (first === last ? first : first + " … " + last) + problem;
    this.painter.write(text, left + 6, y + height / 2 + 0.5, right - left - 8, palette.stateInk, "12px " + palette.mono);
  }
}
