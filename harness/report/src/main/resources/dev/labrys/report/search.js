/* The search: which operations of the scene contain what was typed. */

class Search {
  constructor(story) {
    this.story = story;
    this.clear();
  }

  clear() {
    this.matches = null;
    this.found = [];
  }

  /** Every word must occur: in the question, the answer, the key, the outcome, or as "p3". */
  run(scene, typed) {
    const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) {
      this.clear();
      return;
    }
    this.matches = new Uint8Array(this.story.size);
    this.found = scene.ids.filter((id) => {
      const text = this.#text(id);
      return words.every((word) => text.includes(word));
    });
    for (const id of this.found) this.matches[id] = 1;
  }

  #text(id) {
    const { story } = this;
    const answer = story.outcome[id] === OK ? story.answer(id) : "";
    const words = [story.question(id), answer, story.text(story.key[id]), story.outcomeWord(id), "p" + story.process[id]];
    return words.join(" ").toLowerCase();
  }

  /** The next match after an operation, round the end; `direction` is 1 or -1. */
  next(id, direction) {
    const { found } = this;
    if (found.length === 0) return NONE;
    if (id === NONE) return direction > 0 ? found[0] : found.at(-1);
    const after = lowerBound(found, direction > 0 ? id + 1 : id);
    return found[(after + (direction > 0 ? 0 : -1) + found.length) % found.length];
  }
}
