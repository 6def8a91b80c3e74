/* The order as a list: every step, the state after it, and where it ends. */

const MOST_STEPS = 200;

class Steps {
  constructor(story, onChoose) {
    this.story = story;
    this.section = byId("steps");
    this.list = byId("steplist");
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-id]");
      if (button) onChoose(Number(button.dataset.id));
    });
  }

  show(order) {
    this.section.hidden = order === null;
    if (order === null) return;
    const isAttempt = order.stuck !== NONE;
    byId("stepstitle").textContent = isAttempt ? "How far this order gets" : "An order that explains everything";
    const from = isAttempt ? Math.max(0, order.steps.length - MOST_STEPS) : 0;
    const to = Math.min(order.steps.length, from + MOST_STEPS);
    const items = [];
    const before = order.skipped + from;
    if (before > 0) items.push(element("li", { className: "rest" }, "… " + plural(before, "earlier step")));
    if (order.states.length > 0) items.push(element("li", { className: "start" }, "state ", code(order.stateBefore(from))));
    for (let step = from; step < to; step++) items.push(this.#step(order, step));
    if (to < order.steps.length) items.push(element("li", { className: "rest" }, "… " + plural(order.steps.length - to, "later step")));
    if (isAttempt) items.push(this.#stuck(order));
    this.list.replaceChildren(...items);
  }

  #step(order, step) {
    const id = order.steps[step];
    const item = element("li", {}, element("span", { className: "step" }, String(order.number(step))), this.#button(id));
    if (order.states.length > 0) item.append(element("span", { className: "then" }, "→ ", code(order.stateAfter(step))));
    return item;
  }

  #stuck(order) {
    const item = element("li", { className: "stuck" }, element("span", { className: "step" }, "✗"), this.#button(order.stuck));
    item.append(element("span", { className: "then" }, "had to come next and cannot"));
    return item;
  }

  #button(id) {
    return element(
      "button",
      { type: "button", className: "link", "data-id": id },
      code(this.story.label(id)),
      element("span", { className: "who" }, " process " + this.story.process[id]),
    );
  }

  /** Marks the focused operation in the list, without moving the page. */
  mark(id) {
    for (const button of this.list.querySelectorAll("button[data-id]")) {
      button.classList.toggle("current", Number(button.dataset.id) === id);
    }
  }
}
