/* The lines of all nodes on one clock, and which of them are wanted. */

class LogLines {
  constructor(nodes) {
    const counts = nodes.map((node) => node.log.text.length);
    this.size = counts.reduce((sum, count) => sum + count, 0);
    const node = new Uint16Array(this.size);
    const at = new Float64Array(this.size);
    const level = new Uint8Array(this.size);
    const text = new Array(this.size);
    let next = 0;
    nodes.forEach(({ log }, place) => {
      const times = sums(log.at, Float64Array);
      for (let i = 0; i < times.length; i++, next++) {
        node[next] = place;
        at[next] = times[i] * 1000;
        level[next] = log.level[i];
        text[next] = log.text[i];
      }
    });
    const order = Uint32Array.from({ length: this.size }, (_, i) => i).sort((a, b) => at[a] - at[b] || a - b);
    this.node = Uint16Array.from(order, (i) => node[i]);
    this.at = Float64Array.from(order, (i) => at[i]);
    this.level = Uint8Array.from(order, (i) => level[i]);
    this.text = Array.from(order, (i) => text[i]);
    this.small = null;
  }

  /** The lines that pass: of these nodes, this level or above, this time, with all these words. */
  filter({ nodes, level, from, to, words }) {
    const first = lowerBound(this.at, from);
    const end = to === Infinity ? this.size : lowerBound(this.at, to + 1);
    const passed = new Uint32Array(end - first);
    let count = 0;
    if (words.length > 0) this.small ??= this.text.map((text) => text.toLowerCase());
    for (let i = first; i < end; i++) {
      if (this.level[i] > level || !nodes[this.node[i]]) continue;
      if (words.length > 0 && !words.every((word) => this.small[i].includes(word))) continue;
      passed[count++] = i;
    }
    return passed.subarray(0, count);
  }
}

/** The words of a search; what stands in quotes is one. */
function wordsOf(typed) {
  const words = Array.from(typed.toLowerCase().matchAll(/"([^"]+)"?|[^\s"]+/g), (found) => found[1] ?? found[0]);
  return words.filter((word) => word !== "");
}

/** A text with the words that were searched for marked in it. */
function marked(text, words) {
  const pieces = [];
  const small = text.toLowerCase();
  let from = 0;
  while (from < text.length && words.length > 0) {
    let best = null;
    for (const word of words) {
      const place = small.indexOf(word, from);
      if (place !== -1 && (best === null || place < best.place)) best = { place, word };
    }
    if (best === null) break;
    pieces.push(text.slice(from, best.place), element("mark", {}, text.slice(best.place, best.place + best.word.length)));
    from = best.place + best.word.length;
  }
  pieces.push(text.slice(from));
  return pieces;
}
