/* Measures of the picture: tick marks, lanes for faults, shapes and searches the painter needs. */

/** Neighbouring marks of a row that are drawn as one. */
class Run {
  constructor() {
    this.isEmpty = true;
  }

  begin(from, to) {
    this.isEmpty = false;
    this.from = from;
    this.to = Math.max(to, from + 1);
  }

  /** Takes a further mark in, unless there is a gap. */
  extend(from, to) {
    if (this.isEmpty || from > this.to + 0.5) return false;
    this.to = Math.max(to, from + 1);
    return true;
  }
}

/** The outline of a bar whose end is not known: an arrow to the right. */
function openEnd(pen, left, y, right, height) {
  const tip = Math.min(9, (right - left) / 2);
  pen.moveTo(left, y);
  pen.lineTo(right - tip, y);
  pen.lineTo(right, y + height / 2);
  pen.lineTo(right - tip, y + height);
  pen.lineTo(left, y + height);
  pen.closePath();
}

/** The place of the first number not below `bound` in rising numbers. */
function lowerBound(numbers, bound) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** About `wanted` round moments between `left` and `right`, labelled as the run's own clock. */
function ticks(left, right, wanted, epoch) {
  const rough = (right - left) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough) * power);
  const [unit, size] = unitFor(Math.max(step, (right + epoch) / 10));
  const digits = Math.max(0, Math.ceil(Math.log10(size / step)));
  const marks = [];
  for (let number = Math.ceil((left + epoch) / step); number * step <= right + epoch; number++) {
    const amount = (number * step) / size || 0; // Never "-0".
    const text = amount.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    marks.push({ at: number * step - epoch, label: text + " " + unit });
  }
  return marks;
}

/** Puts the scene's faults into lanes, so that their names do not cover each other. */
function packFaults(scene, faults) {
  const ends = [];
  const placed = [];
  for (const fault of [...faults].sort((a, b) => a.from - b.from)) {
    const from = scene.place(fault.from);
    const to = scene.place(fault.to);
    if (to < scene.start || from > scene.end || to <= scene.start) continue;
    let lane = ends.findIndex((end) => end <= from);
    if (lane === -1) lane = ends.length < MOST_LANES ? ends.length : ends.indexOf(Math.min(...ends));
    ends[lane] = Math.max(ends[lane] ?? to, to);
    placed.push({ fault, lane, from, to });
  }
  return { placed, count: ends.length };
}
