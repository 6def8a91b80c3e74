/* Strips of the board: who leads, how every node is, whether the service as a whole serves, and when the host stalled. */

const MOST_REIGN_LANES = 3;

/** Who led which term; reigns that overlap stand one below the other. */
class LeaderPanel {
  constructor(story) {
    const { placed, count } = packLanes(story.reigns, MOST_REIGN_LANES);
    this.placed = placed;
    this.lanes = Math.max(1, count);
    this.height = this.lanes * (STRIP + 2) - 2;
  }

  paint(board) {
    gutterText(board, "leader", this.top + STRIP / 2, board.palette.ink, "600 ");
    if (this.placed.length === 0) inside(board, "no leader was seen", GUTTER + 12, this.top + STRIP / 2, 400, board.palette.faint);
    board.clipped(this.top, this.height, () => {
      for (const { stretch, lane } of this.placed) {
        const fill = board.palette["node" + ((Math.max(0, stretch.place) % 7) + 1)];
        const text = stretch.node + " · term " + stretch.term.toLocaleString("en");
        stripBar(board, stretch, this.top + lane * (STRIP + 2), STRIP, fill, text);
      }
    });
  }
}

/** How one node was; a line on top while it led. */
class NodePanel {
  constructor(story, node) {
    this.node = node;
    this.reigns = story.reigns.filter((reign) => reign.node === node.name);
    this.height = STRIP;
  }

  paint(board) {
    const { palette, pen } = board;
    gutterText(board, this.node.name, this.top + STRIP / 2, palette.ink);
    pen.strokeStyle = palette.line;
    pen.setLineDash([2, 4]);
    pen.beginPath();
    pen.moveTo(GUTTER, this.top + STRIP / 2);
    pen.lineTo(board.width, this.top + STRIP / 2);
    pen.stroke();
    pen.setLineDash([]);
    board.clipped(this.top, this.height, () => {
      for (const stretch of this.node.stretches) {
        const fill = [palette.serves, palette.silentHatch, palette.paused, palette.down][stretch.condition];
        const ink = [palette.ink, palette.unknownInk, palette.ink, palette.downInk][stretch.condition];
        const text = stretch.condition === SERVES ? "" : CONDITIONS[stretch.condition];
        stripBar(board, stretch, this.top + 2, STRIP - 4, fill, text, ink);
      }
      pen.fillStyle = palette.servesEdge;
      for (const { from, to } of this.reigns) pen.fillRect(board.x(from), this.top + 1, board.x(to) - board.x(from), 3);
    });
  }
}

/** Stretches in which something was wrong for all: outages of the service, stalls of the host. */
class WrongPanel {
  constructor(name, stretches, colour) {
    this.name = name;
    this.stretches = stretches;
    this.colour = colour;
    this.height = STRIP - 4;
  }

  paint(board) {
    const { palette, pen } = board;
    gutterText(board, this.name, this.top + this.height / 2, palette.ink);
    pen.fillStyle = palette.line;
    pen.fillRect(GUTTER, this.top + this.height / 2, board.width - GUTTER, 1);
    board.clipped(this.top, this.height, () => {
      for (const stretch of this.stretches) {
        const text = duration(stretch.to - stretch.from);
        stripBar(board, stretch, this.top, this.height, palette[this.colour], text, palette.badInk);
      }
    });
  }
}

/** The names of faults, above everything they shade. */
class FaultPanel {
  constructor(story) {
    this.story = story;
    const { placed, count } = packLanes(story.faults.filter((fault) => fault.isThere), 4);
    this.placed = placed;
    this.misses = story.faults.filter((fault) => !fault.isThere);
    this.height = Math.max(1, count) * STRIP;
  }

  paint(board) {
    const { palette, pen } = board;
    gutterText(board, "faults", this.top + STRIP / 2, palette.faultInk, "600 ");
    if (this.story.faults.length === 0) inside(board, "none", GUTTER + 12, this.top + STRIP / 2, 200, palette.faint);
    board.clipped(this.top, this.height, () => {
      for (const { stretch: fault, lane } of this.placed) {
        const y = this.top + lane * STRIP;
        const left = Math.max(board.x(fault.from), GUTTER);
        const right = Math.min(Math.max(board.x(fault.to), board.x(fault.from) + 2), board.width);
        pen.fillStyle = palette.faultEdge;
        pen.fillRect(left, y, right - left, 2.5);
        inside(board, fault.text, left + 4, y + STRIP / 2 + 1.5, right - left - 6, palette.faultInk, "600 ");
      }
      pen.fillStyle = palette.faultEdge;
      for (const { from } of this.misses) {
        const x = board.x(from);
        pen.beginPath();
        pen.moveTo(x - 4, this.top + this.height - 9);
        pen.lineTo(x + 4, this.top + this.height - 9);
        pen.lineTo(x, this.top + this.height - 2);
        pen.fill();
      }
    });
  }

  /** The bands that faults throw over all panels below. */
  shade(board, top, height) {
    const { palette, pen, camera } = board;
    for (const { stretch: fault } of this.placed) {
      if (fault.to < camera.left || fault.from > camera.right) continue;
      const x = (at) => clamp(board.x(at), GUTTER, board.width);
      const full = x(fault.inforce === NONE ? fault.from : fault.inforce);
      const ebbing = x(fault.healing === NONE ? fault.to : fault.healing);
      pen.fillStyle = palette.fault;
      pen.globalAlpha = 0.45;
      pen.fillRect(x(fault.from), top, Math.max(x(fault.to) - x(fault.from), 1), height);
      pen.fillRect(full, top, Math.max(ebbing - full, 0), height);
      pen.globalAlpha = 1;
      pen.fillStyle = palette.faultEdge;
      pen.globalAlpha = 0.5;
      pen.fillRect(x(fault.from), top, 1, height);
      pen.fillRect(x(fault.to), top, 1, height);
      pen.globalAlpha = 1;
    }
  }
}
