/* What the tables can do: be sorted, show their fault in the charts, and give the command away. */

class Tables {
  constructor(board) {
    this.board = board;
    for (const table of document.querySelectorAll("#faulttable, #latencytable")) this.#sortable(table);
    for (const row of document.querySelectorAll("#faulttable tbody tr")) this.#fault(row);
    this.#copy();
  }

  #sortable(table) {
    const heads = [...table.querySelectorAll("thead th")];
    heads.forEach((head, column) => {
      const button = element("button", { type: "button", className: "sort" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const isDown = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
        const body = table.querySelector("tbody");
        const rows = [...body.rows].sort((a, b) => compareCells(a.cells[column], b.cells[column]) * (isDown ? -1 : 1));
        body.append(...rows);
      });
    });
  }

  /** Pointing at a fault marks it in the charts; its button keeps it marked and shows it larger. */
  #fault(row) {
    const place = Number(row.dataset.fault);
    const { view, story } = this.board;
    const fault = story.faults[place];
    if (!fault) return;
    const highlight = (which) => {
      view.highlight = which;
      this.board.draw();
    };
    row.addEventListener("pointerenter", () => highlight(place));
    row.addEventListener("pointerleave", () => highlight(NONE));
    const cell = row.querySelector("th");
    const button = element("button", { type: "button", className: "link", "aria-pressed": "false" }, ...cell.childNodes);
    button.addEventListener("focus", () => highlight(place));
    button.addEventListener("blur", () => highlight(NONE));
    button.addEventListener("click", () => {
      const isPinned = view.pinned === place;
      for (const other of document.querySelectorAll("#faulttable .link")) other.setAttribute("aria-pressed", "false");
      view.pinned = isPinned ? NONE : place;
      button.setAttribute("aria-pressed", String(!isPinned));
      const room = Math.max(fault.to - fault.from, story.end * 0.02);
      if (isPinned) this.board.camera.show(this.board.scene.start, this.board.scene.end);
      else this.board.camera.show(Math.max(fault.from - room, this.board.scene.start), Math.min(fault.to + room, this.board.scene.end));
    });
    cell.replaceChildren(button);
  }

  #copy() {
    for (const replay of document.querySelectorAll(".replay")) this.#copyOf(replay);
  }

  #copyOf(replay) {
    const [command, button] = replay.children;
    button.hidden = false;
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(command);
      let isCopied = false;
      try {
        await navigator.clipboard.writeText(command.textContent);
        isCopied = true;
      } catch {
        isCopied = document.execCommand("copy"); // Where a file may not use the clipboard by itself.
      }
      button.textContent = isCopied ? "Copied" : "Selected";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
  }
}

/** By number where cells have one, else by text. */
function compareCells(a, b) {
  const [left, right] = [a, b].map((cell) => cell.dataset.sort ?? cell.textContent);
  const numbers = [left, right].map((text) => Number(text.replaceAll(",", "")));
  if (numbers.every((number) => Number.isFinite(number))) return numbers[0] - numbers[1];
  return left.localeCompare(right, "en", { numeric: true });
}
