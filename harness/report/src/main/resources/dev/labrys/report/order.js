/* An order in which operations may have taken effect one at a time, and where to draw its points. */

class Order {
  constructor(data, story) {
    this.key = data.key;
    this.skipped = data.skipped;
    this.steps = sums(data.steps, Int32Array);
    this.states = data.states.map((number) => story.text(number));
    this.stuck = data.stuck;
    this.stepOf = new Map();
    this.steps.forEach((id, step) => this.stepOf.set(id, step));
  }

  get length() {
    return this.skipped + this.steps.length;
  }

  /** The number people see: counted from one, over the whole order. */
  number(step) {
    return this.skipped + step + 1;
  }

  stateBefore(step) {
    return this.states[step];
  }

  stateAfter(step) {
    return this.states[step + 1];
  }

  /**
   * The moments of the steps that the scene shows: inside every interval, in order, and spread out
   * where many share one interval.
   */
  points(scene) {
    const shown = [];
    this.steps.forEach((id, step) => {
      if (scene.shows(id)) shown.push(step);
    });
    const count = shown.length;
    const latest = new Float64Array(count);
    const sharing = new Int32Array(count);
    for (let i = count - 1, bound = scene.end; i >= 0; i--) {
      const own = scene.latest(this.steps[shown[i]]);
      sharing[i] = own < bound || i === count - 1 ? 1 : sharing[i + 1] + 1;
      bound = Math.min(bound, own);
      latest[i] = bound;
    }
    const x = new Float64Array(count);
    for (let i = 0, reached = -Infinity; i < count; i++) {
      const earliest = Math.max(reached, scene.from(this.steps[shown[i]]));
      const room = Math.max(0, latest[i] - earliest);
      reached = earliest + room / (sharing[i] + 1);
      x[i] = reached;
    }
    return { steps: Int32Array.from(shown), x };
  }
}
