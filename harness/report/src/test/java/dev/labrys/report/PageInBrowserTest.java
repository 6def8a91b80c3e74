package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as a reader meets it: in a real browser, with real keys and a real mouse.
final class PageInBrowserTest {
  private static final int SHIFT = 8;

  @TempDir private static Path folder;

  private static Browser browser;

  @BeforeAll
  static void openBrowser() throws IOException {
    browser = Browser.open(folder);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void showsTheContradictionFirst() throws IOException {
    visit(Stories.staleRead());

    assertThat(text("h1")).contains("Not valid");
    assertThat(attribute("#view-minimal", "aria-pressed")).isEqualTo("true");
    assertThat(text("#details")).contains("read → 12", "culprit", "cannot come next");
    assertThat(text("#steplist")).contains("write 13", "had to come next and cannot");
    assertThat(inkOnCanvas()).isTrue();
    assertUntroubled();
  }

  @Test
  void canBeWalkedByKeyboardAlone() throws IOException {
    visit(Stories.staleRead());
    for (int i = 0; i < 30 && !focused().equals("timeline"); i++) {
      browser.press("Tab");
    }
    assertThat(focused()).isEqualTo("timeline");

    browser.press("c");
    assertThat(text("#live")).startsWith("Culprit, Process 2, read, answer 12");
    browser.press("ArrowUp");
    assertThat(text("#live")).startsWith("Process 1, write 13");
    browser.press("[");
    assertThat(text("#live")).startsWith("Process 0, write 12").contains("step 29 of 30");
    browser.press("]");
    browser.press("]");
    assertThat(text("#live")).startsWith("Culprit");
    browser.press("ArrowRight");
    assertThat(text("#live")).isEqualTo("No further operation of process 2.");
    browser.press("Escape");
    assertThat(text("#details")).contains("walk with the arrow keys");
    assertUntroubled();
  }

  @Test
  void zoomsAndPansByKeyWheelAndDrag() throws IOException {
    visit(Stories.valid(400, 5));
    focusTimeline();
    String whole = picture();

    browser.press("+");
    String zoomed = picture();
    browser.press("ArrowRight", SHIFT);
    String panned = picture();
    browser.press("0");
    String again = picture();
    browser.mouse("mouseWheel", 600, 400, Map.of("deltaX", 0, "deltaY", -200));
    browser.awaitTrue("document.getElementById('canvas').toDataURL().length > 0");
    String wheeled = picture();
    browser.mouse("mousePressed", 600, 400, Map.of("button", "left", "clickCount", 1));
    browser.mouse("mouseMoved", 500, 400, Map.of("button", "left", "buttons", 1));
    browser.mouse("mouseReleased", 500, 400, Map.of("button", "left", "clickCount", 1));
    String dragged = picture();

    assertThat(again).isEqualTo(whole);
    assertThat(whole).isNotIn(zoomed, panned, wheeled, dragged);
    assertThat(zoomed).isNotEqualTo(panned);
    assertThat(wheeled).isNotEqualTo(dragged);
    assertUntroubled();
  }

  @Test
  void tellsOfWhatThePointerIsOn() throws IOException {
    visit(Stories.withUnknown());
    double left = number("document.getElementById('canvas').getBoundingClientRect().left");
    double top = number("document.getElementById('canvas').getBoundingClientRect().top");

    browser.mouse("mouseMoved", left + 130, top + 45, Map.of());

    assertThat(text("#tooltip")).contains("write 1", "process 0", "step 1 of 2", "nil → 1");
    assertThat(read("document.getElementById('tooltip').hidden")).isEqualTo("false");
    assertUntroubled();
  }

  @Test
  void searchesAndShowsTheWholeHistory() throws IOException {
    visit(Stories.staleRead());

    browser.evaluate("document.getElementById('view-whole').click()");
    browser.evaluate("document.getElementById('search').focus()");
    "write 1".chars().forEach(letter -> browser.press(Character.toString(letter)));
    String found = text("#found");
    browser.press("Enter");

    assertThat(found).isEqualTo("8 matches");
    assertThat(text("#details h3")).startsWith("write 1");
    assertUntroubled();
  }

  @Test
  void leadsFromTheTableToThePicture() throws IOException {
    visit(Stories.staleRead());

    browser.evaluate("document.querySelector('#minimal tbody button').click()");

    assertThat(text("#details h3")).isEqualTo("write 12");
    assertUntroubled();
  }

  @Test
  void turnsDarkWithTheSystemAndByHand() throws IOException {
    browser.prefer("prefers-color-scheme", "dark");
    visit(Stories.withUnknown());
    String dark = read("getComputedStyle(document.body).backgroundColor");
    browser.evaluate("document.getElementById('theme').click()");
    String light = read("getComputedStyle(document.body).backgroundColor");
    browser.prefer("prefers-color-scheme", "light");

    assertThat(dark).isEqualTo("rgb(14, 16, 22)");
    assertThat(light).isEqualTo("rgb(243, 244, 248)");
    assertUntroubled();
  }

  @Test
  void givesHostileTextsNoPower() throws IOException {
    visit(Stories.hostile(VerdictPageTest.HOSTILE));
    focusTimeline();
    browser.press("c");
    browser.evaluate("document.getElementById('view-whole').click()");

    assertThat(text("#details h3")).contains("<img src=x onerror=alert(1)>");
    assertThat(read("document.querySelectorAll('img').length")).isEqualTo("0");
    assertThat(read("document.querySelectorAll('script').length")).isEqualTo("2");
    assertUntroubled();
  }

  @Test
  void opensALongHistoryThatCameCompressed() throws IOException {
    visit(Stories.longStaleRead(10_000, 10));
    browser.evaluate("document.getElementById('view-whole').click()");
    focusTimeline();

    browser.press("c");

    assertThat(text("#live")).startsWith("Culprit");
    assertThat(inkOnCanvas()).isTrue();
    assertUntroubled();
  }

  @Test
  void showsOneKeyAtATimeOrAll() throws IOException {
    visit(Stories.twoKeys());
    String first = picture();

    browser.evaluate(
        "(() => { const key = document.getElementById('key');"
            + " key.selectedIndex = 2; key.dispatchEvent(new Event('change')); })()");
    String second = picture();
    browser.evaluate(
        "(() => { const key = document.getElementById('key');"
            + " key.selectedIndex = 0; key.dispatchEvent(new Event('change')); })()");
    String all = picture();

    assertThat(first).isNotIn(second, all);
    assertThat(second).isNotEqualTo(all);
    assertThat(text("#key")).isEqualTo("all keys:a:b");
    assertThat(attribute("#steps", "hidden")).isEqualTo("");
    assertUntroubled();
  }

  @Test
  void showsVerdictsWithoutACounterexample() throws IOException {
    visit(Stories.undecided());
    assertThat(text("h1")).contains("Not decided");
    assertThat(attribute("#steps", "hidden")).isEqualTo("");
    assertThat(inkOnCanvas()).isTrue();

    visit(Stories.valid(40, 5));
    assertThat(text("#steplist li")).contains("1");
    assertThat(text("#stepstitle")).isEqualTo("An order that explains everything");
    assertUntroubled();
  }

  private static void visit(Judgement judgement) throws IOException {
    Path page = Files.createTempFile(folder, "page", ".html");
    try (OutputStream out = Files.newOutputStream(page)) {
      VerdictPage.write(judgement, out);
    }
    browser.visit(page);
  }

  private static void focusTimeline() {
    browser.evaluate("document.getElementById('timeline').focus()");
  }

  private static String read(String expression) {
    return browser.read(expression);
  }

  private static double number(String expression) {
    return Double.parseDouble(read(expression));
  }

  private static String text(String selector) {
    return read("document.querySelector('" + selector + "').textContent");
  }

  private static String attribute(String selector, String name) {
    return read("document.querySelector('" + selector + "').getAttribute('" + name + "')");
  }

  private static String focused() {
    return read("document.activeElement.id");
  }

  /// What the canvas shows once pending frames are painted.
  private static String picture() {
    return read(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " done(document.getElementById('canvas').toDataURL()))))");
  }

  private static boolean inkOnCanvas() {
    picture();
    return read("(() => { const c = document.getElementById('canvas');"
            + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
            + " const seen = new Set();"
            + " for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i+1] << 8 | d[i+2]);"
            + " return seen.size > 20; })()")
        .equals("true");
  }

  /// No exception, no message in the console, nothing asked for but the page itself.
  private static void assertUntroubled() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith("file:") && url.endsWith(".html"));
  }
}
