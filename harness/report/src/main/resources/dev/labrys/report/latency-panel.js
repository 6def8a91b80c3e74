/* The latency of every operation over time: a point each, and lines of the median and the 99th percentile. */

const LATENCY_HEIGHT = 230;
const POINT = 2.5;

/** From so many marks of one kind on, they let others shine through. */
const SPARSE = 300;

class LatencyPanel {
  constructor(story) {
    this.story = story;
    this.height = LATENCY_HEIGHT;
    let least = Infinity;
    let most = 0;
    for (const { took } of story.functions) {
      for (const nanos of took) {
        least = Math.min(least, nanos);
        most = Math.max(most, nanos);
      }
    }
    if (most === 0) [least, most] = [1e6, 1e7];
    this.low = Math.floor(Math.log10(least) + 1e-9);
    this.high = Math.max(Math.ceil(Math.log10(most) - 1e-9), this.low + 1);
    this.counts = [0, 0, 0];
    for (const { outcome } of story.functions) for (const each of outcome) this.counts[each]++;
  }

  y(nanos) {
    const part = (Math.log10(nanos) - this.low) / (this.high - this.low);
    return this.top + this.height - 4 - part * (this.height - TITLE - 4);
  }

  paint(board) {
    gutterText(board, "latency", this.top + 8, board.palette.ink, "600 ");
    const every = Math.ceil((this.high - this.low) / 6);
    for (let power = this.low; power <= this.high; power += every) {
      scaleMark(board, duration(10 ** power), this.y(10 ** power));
    }
    board.clipped(this.top, this.height, () => {
      this.#points(board);
      this.#line(board, "p99", [5, 3]);
      this.#line(board, "p50", []);
    });
    if (this.story.functions.length === 0) inside(board, "no operation was recorded", GUTTER + 12, this.top + this.height / 2, 400, board.palette.faint);
  }

  #points(board) {
    const { pen, palette, view } = board;
    for (const outcome of [OK, FAILED, UNKNOWN]) {
      if (!view.shown[outcome]) continue;
      pen.globalAlpha = clamp(0.9 - Math.log10(Math.max(this.counts[outcome], SPARSE) / SPARSE) * 0.27, 0.3, 0.9);
      pen.fillStyle = pen.strokeStyle = [palette.okEdge, palette.unknownEdge, palette.failedEdge][outcome];
      pen.lineWidth = 1.3;
      pen.beginPath();
      for (const points of this.story.points(view.choice)) this.#marks(board, points, outcome);
      if (outcome === FAILED) pen.stroke();
      else pen.fill();
    }
    pen.globalAlpha = 1;
  }

  /** A square is ok, a triangle is unknown, a cross has failed. */
  #marks(board, points, outcome) {
    const { pen, camera } = board;
    const first = lowerBound(points.at, camera.left);
    for (let i = first; i < points.at.length && points.at[i] <= camera.right; i++) {
      if (points.outcome[i] !== outcome) continue;
      const x = board.x(points.at[i]);
      const y = this.y(points.took[i]);
      if (outcome === OK) {
        pen.rect(x - POINT / 2, y - POINT / 2, POINT, POINT);
      } else if (outcome === UNKNOWN) {
        pen.moveTo(x, y - 3.5);
        pen.lineTo(x + 3.5, y + 2.5);
        pen.lineTo(x - 3.5, y + 2.5);
      } else {
        pen.moveTo(x - 2.5, y - 2.5);
        pen.lineTo(x + 2.5, y + 2.5);
        pen.moveTo(x + 2.5, y - 2.5);
        pen.lineTo(x - 2.5, y + 2.5);
      }
    }
  }

  #line(board, name, dashes) {
    const { pen, palette } = board;
    const numbers = this.story.series(board.view.choice)[name];
    const { bucket } = this.story;
    const trace = () => {
      pen.beginPath();
      numbers.forEach((nanos, i) => {
        if (nanos < 0) return;
        const y = this.y(Math.max(nanos, LEAST_NANOS));
        const isJoined = i > 0 && numbers[i - 1] >= 0;
        if (!isJoined) pen.moveTo(board.x(i * bucket), y);
        pen.lineTo(board.x((i + 0.5) * bucket), y);
        if (!(numbers[i + 1] >= 0)) pen.lineTo(board.x((i + 1) * bucket), y);
      });
    };
    pen.lineJoin = "round";
    pen.strokeStyle = palette.paper;
    pen.lineWidth = 4;
    pen.globalAlpha = 0.7;
    trace();
    pen.stroke();
    pen.globalAlpha = 1;
    pen.strokeStyle = palette.ink;
    pen.lineWidth = name === "p50" ? 1.8 : 1.4;
    pen.setLineDash(dashes);
    trace();
    pen.stroke();
    pen.setLineDash([]);
  }

  /** The point nearest to a place on the canvas, if any is near. */
  nearest(board, x, y) {
    let best = null;
    let distance = 10;
    const reach = distance / board.camera.scale;
    for (const points of this.story.points(board.view.choice)) {
      const at = board.at(x);
      for (let i = lowerBound(points.at, at - reach); i < points.at.length && points.at[i] <= at + reach; i++) {
        if (!board.view.shown[points.outcome[i]]) continue;
        const away = Math.hypot(board.x(points.at[i]) - x, this.y(points.took[i]) - y);
        if (away >= distance) continue;
        distance = away;
        best = { name: points.name, at: points.at[i], took: points.took[i], outcome: points.outcome[i] };
      }
    }
    return best;
  }
}
