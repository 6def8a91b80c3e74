/* The page of a run: opens the charts, the timeline and the logs. What cannot be read is said, not hidden. */

class RunControls {
  constructor(board, gestures) {
    this.board = board;
    const { view, story } = board;
    const select = byId("function");
    byId("functions").hidden = story.functions.length < 2;
    select.append(option(NONE, "all"), ...story.functions.map((made, i) => option(i, made.name)));
    select.addEventListener("change", () => {
      view.choice = Number(select.value);
      board.refresh();
    });
    OUTCOMES.forEach((name, outcome) => {
      const button = byId("show-" + name);
      button.addEventListener("click", () => {
        view.shown[outcome] = !view.shown[outcome];
        button.setAttribute("aria-pressed", String(view.shown[outcome]));
        board.refresh();
      });
    });
    byId("whole").addEventListener("click", () => gestures.whole());
    board.onMove(() => this.reflect());
    this.reflect();
  }

  reflect() {
    const { camera, story } = this.board;
    byId("whole").disabled = camera.isFitted;
    const from = Math.max(0, camera.left);
    const to = Math.min(story.end, camera.right);
    byId("span").textContent = camera.isFitted ? "" : runTime(from) + " to " + runTime(to);
  }
}

function openBoard(story) {
  for (const id of ["board", "boardlegend", "boardcontrols"]) byId(id).hidden = false;
  const board = new Board(story);
  board.resize();
  const log = new Log(story, board);
  const gestures = new BoardGestures(board, new Readout(board), (at) => log.show(at));
  new RunControls(board, gestures);
  new Tables(board);
  new ResizeObserver(() => board.resize()).observe(board.canvas.parentElement);
  return board;
}

async function openTimeline() {
  if (!byId("data")) return null;
  const page = new Page(await readStory());
  byId("stage").hidden = false;
  new Controls(page);
  page.stage();
  return page;
}

async function open() {
  try {
    const board = openBoard(new RunStory(await readData("run")));
    const page = await openTimeline();
    new Theme(() => {
      board.retheme();
      page?.retheme();
    });
    document.documentElement.dataset.ready = "true";
  } catch (error) {
    byId("failure").hidden = false;
    byId("failure").textContent = "The charts cannot be shown in this browser: " + error.message;
    throw error;
  }
}

open();
