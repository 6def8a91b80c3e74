/* The colours and patterns of the canvas, taken from the style sheet so that there is one source. */

const COLOURS = [
  "paper", "ink", "faint", "line", "stripe", "ok", "ok-edge", "ok-ink", "unknown", "unknown-edge",
  "unknown-ink", "failed-edge", "failed-ink", "bad", "bad-edge", "bad-ink", "accent", "accent-ink",
  "fault", "fault-edge", "fault-ink", "state", "state-edge", "state-ink", "focus",
];

/** @param more names beyond those of the timeline */
function readPalette(more = []) {
  const style = getComputedStyle(document.documentElement);
  const probe = document.body.appendChild(document.createElement("i"));
  const palette = {};
  for (const name of [...COLOURS, ...more]) {
    probe.style.color = "var(--" + name + ")";
    palette[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = getComputedStyle(probe).color;
  }
  probe.remove();
  palette.sans = style.getPropertyValue("--sans").trim();
  palette.mono = style.getPropertyValue("--mono").trim();
  palette.unknownHatch = hatch(palette.unknown, palette.unknownEdge, 7, 0.45);
  palette.silentHatch = hatch(palette.unknown, palette.unknownEdge, 7, 0.22);
  palette.faultHatch = hatch(null, palette.faultEdge, 9, 0.28);
  return palette;
}

/** Diagonal stripes: what is unknown or faulty must be told without colour too. */
function hatch(background, stroke, size, alpha) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  if (background) {
    pen.fillStyle = background;
    pen.fillRect(0, 0, size, size);
  }
  pen.globalAlpha = alpha;
  pen.strokeStyle = stroke;
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

/** Sizes a canvas to its box, sharp on every screen; returns its pen and size in CSS pixels. */
function prepare(canvas, height) {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  const width = canvas.parentElement.clientWidth;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = height + "px";
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { pen, width, height };
}
