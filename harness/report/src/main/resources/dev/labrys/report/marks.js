/* Marks that all panels of the board share: names in the gutter, scales, bars with a text in them. */

const PANEL_GAP = 14;
const STRIP = 20;

/** The room above a plot that its name takes. */
const TITLE = 22;

/** The name of a panel, right beside it. */
function gutterText(board, text, y, colour = board.palette.faint, weight = "") {
  const { pen, palette } = board;
  pen.fillStyle = colour;
  pen.font = weight + "12px " + palette.sans;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  const most = Math.floor((GUTTER - 18) / 6.4);
  pen.fillText(text.length <= most ? text : text.slice(0, most - 1) + "…", 14, y);
}

/** A mark of a scale: a line through the plot and its label at the right of the gutter. */
function scaleMark(board, label, y) {
  const { pen, palette } = board;
  pen.strokeStyle = palette.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(GUTTER, Math.round(y) + 0.5);
  pen.lineTo(board.width, Math.round(y) + 0.5);
  pen.stroke();
  pen.fillStyle = palette.faint;
  pen.font = "11px " + palette.sans;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.fillText(label, GUTTER - 8, y);
  pen.textAlign = "left";
}

/** A bar of a strip, with as much of a text as fits. */
function stripBar(board, { from, to }, y, height, fill, text = "", ink = board.palette.ink) {
  const { pen } = board;
  const left = Math.max(board.x(from), GUTTER - 4);
  const right = Math.min(Math.max(board.x(to), board.x(from) + 1.5), board.width + 4);
  if (right < GUTTER || left > board.width) return;
  pen.fillStyle = fill;
  pen.beginPath();
  pen.roundRect(left, y, right - left, height, Math.min(3, (right - left) / 2));
  pen.fill();
  if (text !== "") inside(board, text, Math.max(left, GUTTER) + 6, y + height / 2 + 0.5, right - Math.max(left, GUTTER) - 10, ink);
}

function inside(board, text, x, y, room, ink, weight = "") {
  const { pen, palette } = board;
  pen.font = weight + "11px " + palette.sans;
  const width = pen.measureText(text).width;
  const most = width <= room ? text.length : Math.floor((text.length * room) / width);
  if (most < Math.min(text.length, LEAST_LETTERS)) return;
  pen.fillStyle = ink;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillText(text.length <= most ? text : text.slice(0, most - 1) + "…", x, y);
}

/** Puts stretches of time into as few lanes as keep them apart, at most `mostLanes`. */
function packLanes(stretches, mostLanes) {
  const ends = [];
  const placed = [...stretches]
    .sort((a, b) => a.from - b.from)
    .map((stretch) => {
      let lane = ends.findIndex((end) => end <= stretch.from);
      if (lane === -1) lane = ends.length < mostLanes ? ends.length : ends.indexOf(Math.min(...ends));
      ends[lane] = Math.max(ends[lane] ?? stretch.to, stretch.to);
      return { stretch, lane };
    });
  return { placed, count: ends.length };
}

/** A round number not below `amount`. */
function roundUp(amount) {
  const power = 10 ** Math.floor(Math.log10(Math.max(amount, 1e-9)));
  return [1, 1.5, 2, 3, 4, 6, 8, 10].find((factor) => factor * power >= amount * 0.9999) * power;
}
