/* The page of a check: opens the timeline. A story that cannot be read is said, not hidden. */

async function open() {
  try {
    const page = new Page(await readStory());
    byId("stage").hidden = false;
    new Controls(page);
    new Theme(() => page.retheme());
    page.stage();
    document.documentElement.dataset.ready = "true";
  } catch (error) {
    byId("failure").hidden = false;
    byId("failure").textContent = "The timeline cannot be shown in this browser: " + error.message;
    throw error;
  }
}

open();
