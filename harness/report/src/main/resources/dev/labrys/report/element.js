/* Elements made from names and texts, never from markup: what a history says stays text. */

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [property, content] of Object.entries(properties)) {
    if (property in made) made[property] = content;
    else made.setAttribute(property, content);
  }
  made.append(...children);
  return made;
}

function option(value, text) {
  return element("option", { value: String(value) }, text);
}

function byId(id) {
  return document.getElementById(id);
}

function plural(count, noun) {
  return count.toLocaleString("en") + " " + noun + (count === 1 ? "" : "s");
}
