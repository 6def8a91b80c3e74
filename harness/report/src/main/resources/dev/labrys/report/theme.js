/* The theme: that of the system, until the reader chooses the other. */

class Theme {
  constructor(onChange) {
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
    const name = () => (byId("theme").textContent = isDark() ? "Light mode" : "Dark mode");
    const change = () => {
      name();
      onChange();
    };
    byId("theme").addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      change();
    });
    system.addEventListener("change", change);
    name();
  }
}
