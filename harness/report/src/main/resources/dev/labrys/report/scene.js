/* A scene: some operations of the story, laid out in rows along an axis of time or of order. */

const TIME = "time";
const EVEN = "even";

class Scene {
  constructor(story, ids, axis) {
    this.story = story;
    this.ids = ids;
    this.axis = axis;
    this.member = new Uint8Array(story.size);
    for (const id of ids) this.member[id] = 1;
    this.rows = this.#rows();
    this.rowOf = new Map(this.rows.map((row, i) => [row.process, i]));
    this.#measure();
  }

  #rows() {
    const byProcess = new Map();
    for (const id of this.ids) {
      const process = this.story.process[id];
      if (!byProcess.has(process)) byProcess.set(process, []);
      byProcess.get(process).push(id);
    }
    const processes = [...byProcess.keys()].sort((a, b) => a - b);
    return processes.map((process) => ({ process, ids: byProcess.get(process) }));
  }

  #measure() {
    const { story, ids } = this;
    this.events = this.axis === EVEN ? rankEvents(story, ids) : null;
    let first = Infinity;
    let last = -Infinity;
    for (const id of ids) {
      const from = this.from(id);
      const to = this.to(id);
      first = Math.min(first, from);
      last = Math.max(last, from, to === Infinity ? from : to);
    }
    if (ids.length === 0) [first, last] = [0, 1];
    const room = Math.max(last - first, this.axis === EVEN ? 1 : 1000);
    const hasOpenEnd = ids.some((id) => story.outcome[id] === UNKNOWN);
    this.start = first - room * 0.02;
    this.end = last + room * (hasOpenEnd ? 0.08 : 0.02);
  }

  shows(id) {
    return id !== NONE && this.member[id] === 1;
  }

  from(id) {
    return this.events ? this.events.from[id] : this.story.call[id];
  }

  /** Where the client heard back; infinite if it never did. */
  to(id) {
    return this.events ? this.events.to[id] : this.story.back[id];
  }

  /** Where the effect can have come last, as far as the scene goes. */
  latest(id) {
    const to = this.story.outcome[id] === UNKNOWN ? Infinity : this.to(id);
    return Math.min(to, this.end);
  }

  row(id) {
    return this.rowOf.get(this.story.process[id]);
  }

  /** Where a moment of the run lies on the axis. */
  place(time) {
    if (!this.events) return time;
    const times = this.events.times;
    if (times.length === 0 || time <= times[0]) return this.start;
    let low = 0;
    let high = times.length - 1;
    if (time >= times[high]) return this.end;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle;
      else high = middle;
    }
    const gap = times[high] - times[low];
    return low + (gap === 0 ? 0 : (time - times[low]) / gap);
  }

  /** The place in its row of the first operation that ends at or after `x`. */
  firstEndingAfter(rowIds, x) {
    let low = 0;
    let high = rowIds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tail(rowIds, middle) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How far an operation reaches: an unknown one to the next of its process. */
  tail(rowIds, place) {
    const id = rowIds[place];
    if (this.story.outcome[id] !== UNKNOWN) return this.to(id);
    return place + 1 < rowIds.length ? this.from(rowIds[place + 1]) : this.end;
  }

  /** The operation of a row at `x`, or the nearest within `reach`. */
  nearest(rowIds, x, reach) {
    let best = NONE;
    let distance = reach;
    const start = Math.max(0, this.firstEndingAfter(rowIds, x) - 1);
    for (let place = start; place < Math.min(start + 3, rowIds.length); place++) {
      const from = this.from(rowIds[place]);
      const to = this.tail(rowIds, place);
      const away = x < from ? from - x : x > to ? x - to : 0;
      if (away <= distance && (away < distance || best === NONE)) {
        distance = away;
        best = rowIds[place];
      }
    }
    return best;
  }
}

/** Gives every call and return of the operations the next whole number, in journal order. */
function rankEvents(story, ids) {
  const positions = [];
  for (const id of ids) {
    positions.push(story.position[id]);
    if (story.returnPosition[id] !== Infinity) positions.push(story.returnPosition[id]);
  }
  const sorted = Float64Array.from(positions).sort();
  const rank = new Map();
  sorted.forEach((position, i) => rank.set(position, i));
  const from = new Float64Array(story.size);
  const to = new Float64Array(story.size).fill(Infinity);
  const times = new Float64Array(sorted.length);
  for (const id of ids) {
    from[id] = rank.get(story.position[id]);
    times[from[id]] = story.call[id];
    if (story.returnPosition[id] !== Infinity) {
      to[id] = rank.get(story.returnPosition[id]);
      times[to[id]] = story.back[id];
    }
  }
  return { from, to, times };
}
