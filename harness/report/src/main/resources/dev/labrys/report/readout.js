/* What was the case at a moment of the run: under the pointer, and read aloud. */

class Readout {
  constructor(board) {
    this.board = board;
    this.story = board.story;
    this.box = byId("readout");
    this.live = byId("boardlive");
  }

  hide() {
    this.box.hidden = true;
  }

  show(x, y, point) {
    this.box.hidden = false;
    this.box.replaceChildren(...this.#lines(this.board.at(x), point));
    const size = this.box.getBoundingClientRect();
    const isLeft = x + 18 + size.width > this.board.width;
    this.box.style.left = (isLeft ? Math.max(2, x - size.width - 14) : x + 16) + "px";
    this.box.style.top = clamp(y - size.height / 2, 4, Math.max(4, this.board.height - size.height - 4)) + "px";
  }

  #lines(at, point) {
    const lines = [element("div", {}, element("strong", {}, runTime(at)))];
    if (point) {
      const exact = point.name + " " + OUTCOMES[point.outcome] + ", " + duration(point.took) + ", asked at " + runTime(point.at);
      lines.push(element("div", {}, exact));
    }
    return [...lines, ...this.#facts(at).map((fact) => element("div", {}, fact))];
  }

  #facts(at) {
    const { story, board } = this;
    const [ok, unknown, failed] = board.rate.at(board, at).map((rate) => Number(rate.toPrecision(3)).toLocaleString("en"));
    const facts = [ok + " ok, " + unknown + " unknown, " + failed + " failed per second"];
    const reigns = story.reignsAt(at).map((reign) => reign.node + " leads term " + reign.term.toLocaleString("en"));
    facts.push(reigns.length > 0 ? reigns.join(", ") : "no leader seen");
    for (const node of story.nodes) {
      const condition = story.conditionAt(node, at);
      if (condition > SERVES) facts.push(node.name + " " + (condition === SILENT ? "" : "is ") + CONDITIONS[condition]);
    }
    for (const fault of story.faultsAt(at)) facts.push("fault: " + fault.text);
    return facts;
  }

  say(at) {
    this.live.textContent = [runTime(at), ...this.#facts(at)].join("; ") + ".";
  }
}
