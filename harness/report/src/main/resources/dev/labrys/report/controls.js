/* The controls around the timeline: which view, key, order and axis; search and zoom. */

class Controls {
  constructor(page) {
    this.page = page;
    page.controls = this;
    const { story } = page;
    this.#fillKeys(story);
    this.#fillOrders(story);
    byId("views").hidden = story.minimal.length === 0;
    byId("minimalcount").textContent = String(story.minimal.length);
    byId("wholecount").textContent = story.size.toLocaleString("en");
    byId("culprit").hidden = story.culprit === NONE;
    this.#choose("view-minimal", () => (page.isWhole = false));
    this.#choose("view-whole", () => (page.isWhole = true));
    this.#choose("axis-time", () => (page.axis = TIME));
    this.#choose("axis-even", () => (page.axis = EVEN));
    this.#press("zoom-in", () => page.camera.zoom(ZOOM_STEP));
    this.#press("zoom-out", () => page.camera.zoom(1 / ZOOM_STEP));
    this.#press("zoom-fit", () => page.camera.fit(page.scene));
    this.#press("culprit", () => page.focus(story.culprit));
    this.#searching();
    this.#table();
    new ResizeObserver(() => page.scene && page.resize()).observe(byId("canvas").parentElement);
  }

  #press(id, action) {
    byId(id).addEventListener("click", action);
  }

  #choose(id, change) {
    this.#press(id, () => {
      change();
      if (id.startsWith("view")) this.page.axis = NONE;
      this.page.stage();
    });
  }

  #fillKeys(story) {
    const keys = [...new Set(story.key)].filter((key) => key !== NONE);
    const select = byId("key");
    byId("keys").hidden = keys.length < 2;
    select.append(option(NONE, "all keys"), ...keys.map((key) => option(key, story.text(key))));
    select.addEventListener("change", () => {
      this.page.key = Number(select.value);
      this.page.isWhole = true;
      if (story.kind === "valid") this.page.orderChoice = story.orders.findIndex((order) => order.key === this.page.key);
      this.page.stage();
    });
  }

  #fillOrders(story) {
    const select = byId("order");
    byId("orders").hidden = story.orders.length === 0;
    select.append(option(NONE, "none"));
    story.orders.forEach((order, i) => {
      const name = story.kind === "valid" ? "valid order" + (order.key === NONE ? "" : " of " + story.text(order.key)) : "attempt " + (i + 1);
      select.append(option(i, name + ", " + plural(order.length, "step")));
    });
    select.addEventListener("change", () => {
      this.page.orderChoice = Number(select.value);
      const order = story.orders[this.page.orderChoice];
      if (order && this.page.isWhole && this.page.key !== NONE) this.page.key = order.key;
      this.page.stage();
    });
  }

  #searching() {
    const { page } = this;
    const input = byId("search");
    const tell = () => (byId("found").textContent = page.find(input.value));
    const go = (direction) => {
      const next = page.search.next(page.view.focus, direction);
      if (next !== NONE) page.focus(next);
    };
    input.addEventListener("input", tell);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
      if (event.key === "Escape") {
        input.value = "";
        tell();
        byId("timeline").focus();
      }
    });
    this.#press("found-next", () => go(1));
    this.#press("found-previous", () => go(-1));
  }

  /** Makes the numbers of the table lead to the picture. */
  #table() {
    for (const row of document.querySelectorAll("#minimal tbody tr")) {
      const cell = row.querySelector("th");
      const button = element("button", { type: "button", className: "link" }, cell.textContent);
      button.setAttribute("aria-label", "Show operation " + cell.textContent + " in the timeline");
      button.addEventListener("click", () => this.page.focus(Number(row.dataset.place)));
      cell.replaceChildren(button);
    }
  }

  /** Shows what the page has chosen. */
  reflect() {
    const { page } = this;
    const pressed = {
      "view-minimal": !page.isWhole,
      "view-whole": page.isWhole,
      "axis-time": page.scene.axis === TIME,
      "axis-even": page.scene.axis === EVEN,
    };
    for (const [id, isPressed] of Object.entries(pressed)) byId(id).setAttribute("aria-pressed", String(isPressed));
    byId("key").value = String(page.key);
    byId("order").value = String(page.orderChoice);
  }
}
