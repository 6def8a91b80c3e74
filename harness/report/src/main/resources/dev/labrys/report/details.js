/* All there is to know of one operation: in the panel, under the pointer, and read aloud. */

class Details {
  constructor(story) {
    this.story = story;
    this.panel = byId("details");
    this.tooltip = byId("tooltip");
    this.live = byId("live");
  }

  show(id, order) {
    if (id === NONE) {
      this.panel.replaceChildren(
        element("p", { className: "hint" }, "Point at an operation, click it, or walk with the arrow keys."),
      );
      return;
    }
    const { story } = this;
    const badges = element("p", { className: "badges" }, badge(story.outcomeWord(id), story.outcomeWord(id)));
    if (id === story.culprit) badges.append(badge("culprit", "✗ culprit"));
    else if (story.inMinimal[id]) badges.append(badge("minimal", "in the contradiction"));
    this.panel.replaceChildren(
      element("h3", {}, element("code", {}, story.label(id))),
      badges,
      this.#facts(id),
      ...this.#inOrder(id, order),
    );
  }

  #facts(id) {
    const { story } = this;
    const facts = [
      ["Operation", story.index[id].toLocaleString("en")],
      ["Process", String(story.process[id])],
      ["Asked", story.question(id)],
      ["Answered", story.answer(id)],
      ["Called", moment(story.call[id], story.epoch)],
      ["Returned", moment(story.back[id], story.epoch)],
      ["Took", duration(story.back[id] - story.call[id])],
    ];
    if (story.key[id] !== NONE) facts.splice(2, 0, ["Key", story.text(story.key[id])]);
    const list = element("dl");
    for (const [name, text] of facts) list.append(element("dt", {}, name), element("dd", {}, text));
    return list;
  }

  #inOrder(id, order) {
    if (!order) return [];
    const lines = this.#place(id, order).map((line) => element("p", { className: "place" }, ...line));
    return lines.length === 0 ? [] : [element("h4", {}, "In the order shown"), ...lines];
  }

  #place(id, order) {
    if (id === order.stuck) {
      const held = order.states.length > 0 ? [" while the state is ", code(order.states.at(-1))] : [];
      return [["✗ cannot come next", ...held]];
    }
    const step = order.stepOf.get(id);
    if (step === undefined) return order.key === this.story.key[id] ? [["does not take effect"]] : [];
    const place = ["step " + order.number(step) + " of " + order.length];
    if (order.states.length === 0) return [place];
    return [place, ["state ", code(order.stateBefore(step)), " → ", code(order.stateAfter(step))]];
  }

  /** One sentence for those who listen. */
  announce(id, order) {
    const { story } = this;
    const parts = ["Process " + story.process[id], story.question(id), "answer " + story.answer(id)];
    if (id === story.culprit) parts.unshift("Culprit");
    if (story.inMinimal[id]) parts.push("part of the contradiction");
    parts.push("called at " + moment(story.call[id], story.epoch), "took " + duration(story.back[id] - story.call[id]));
    if (order) {
      for (const line of this.#place(id, order)) {
        parts.push(line.map((piece) => piece.textContent ?? piece).join(""));
      }
    }
    this.say(parts.join(", ") + ".");
  }

  say(sentence) {
    this.live.textContent = sentence;
  }

  point(id, order, x, y, width) {
    this.tooltip.hidden = id === NONE;
    if (id === NONE) return;
    const { story } = this;
    const lines = [
      element("strong", {}, story.label(id)),
      "process " + story.process[id] + (story.key[id] === NONE ? "" : ", key " + story.text(story.key[id])),
      duration(story.back[id] - story.call[id]) + " from " + moment(story.call[id], story.epoch),
    ];
    if (order) for (const line of this.#place(id, order)) lines.push(element("span", {}, ...line));
    this.tooltip.replaceChildren(...lines.map((line) => element("div", {}, line)));
    const box = this.tooltip.getBoundingClientRect();
    this.tooltip.style.left = clamp(x + 14, 4, Math.max(4, width - box.width - 4)) + "px";
    this.tooltip.style.top = y + 18 + "px";
  }
}

function badge(kind, text) {
  return element("span", { className: "badge " + kind }, text);
}

function code(text) {
  return element("code", {}, text);
}
