/* The throughput over time: how many operations ended per second, by outcome, one upon the other. */

const RATE_HEIGHT = 124;

class RatePanel {
  constructor(story) {
    this.story = story;
    this.height = RATE_HEIGHT;
  }

  paint(board) {
    const { pen, palette, view } = board;
    const series = this.story.series(view.choice);
    const most = this.#scale(series, view);
    gutterText(board, "per second", this.top + 8, palette.ink, "600 ");
    const plot = this.height - TITLE;
    for (const part of [0, 0.5, 1]) scaleMark(board, this.#label(most * part), this.top + this.height - part * plot);
    const colours = [palette.okEdge, palette.unknownEdge, palette.failedEdge];
    const first = Math.max(0, Math.floor(board.camera.left / this.story.bucket));
    const last = Math.min(series.ok.length - 1, Math.ceil(board.camera.right / this.story.bucket));
    board.clipped(this.top, this.height, () => {
      for (let i = first; i <= last; i++) {
        const left = board.x(i * this.story.bucket);
        const right = board.x((i + 1) * this.story.bucket);
        let bottom = this.top + this.height;
        for (const outcome of [OK, UNKNOWN, FAILED]) {
          if (!view.shown[outcome]) continue;
          const height = (this.#rate(series[OUTCOMES[outcome]][i]) / most) * plot;
          pen.globalAlpha = outcome === OK ? 0.55 : 0.9;
          pen.fillStyle = colours[outcome];
          pen.fillRect(left, bottom - height, Math.max(right - left - (right - left > 5 ? 1 : 0), 0.7), height);
          bottom -= height;
        }
      }
      pen.globalAlpha = 1;
    });
  }

  #scale(series, view) {
    let most = 0;
    for (let i = 0; i < series.ok.length; i++) {
      let sum = 0;
      for (const outcome of [OK, UNKNOWN, FAILED]) if (view.shown[outcome]) sum += series[OUTCOMES[outcome]][i];
      most = Math.max(most, sum);
    }
    return roundUp(Math.max(1, this.#rate(most)));
  }

  #rate(count) {
    return (count * 1e9) / this.story.bucket;
  }

  #label(rate) {
    return Number(rate.toPrecision(3)).toLocaleString("en");
  }

  /** What ended per second around a moment. */
  at(board, at) {
    const series = this.story.series(board.view.choice);
    const place = clamp(Math.floor(at / this.story.bucket), 0, series.ok.length - 1);
    return OUTCOMES.map((name) => this.#rate(series[name][place]));
  }
}
