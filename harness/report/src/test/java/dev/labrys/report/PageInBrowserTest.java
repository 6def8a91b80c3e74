package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

  private static Reader reader;
  private static Browser browser;

  @BeforeAll
  static void openBrowser() throws IOException {
    reader = Reader.in(folder);
    browser = reader.browser();
  }

  @AfterAll
  static void closeBrowser() {
    if (reader != null) {
      reader.close();
    }
  }

  @Test
  void showsTheContradictionFirst() throws IOException {
    visit(Stories.staleRead());

    assertThat(reader.text("h1")).contains("Not valid");
    assertThat(reader.attribute("#view-minimal", "aria-pressed")).isEqualTo("true");
    assertThat(reader.text("#details")).contains("read → 12", "culprit", "cannot come next");
    assertThat(reader.text("#steplist")).contains("write 13", "had to come next and cannot");
    assertThat(reader.seesInk("canvas")).isTrue();
    reader.assertUntroubled();
  }

  @Test
  void canBeWalkedByKeyboardAlone() throws IOException {
    visit(Stories.staleRead());
    for (int i = 0; i < 30 && !reader.focused().equals("timeline"); i++) {
      browser.press("Tab");
    }
    assertThat(reader.focused()).isEqualTo("timeline");

    browser.press("c");
    assertThat(reader.text("#live")).startsWith("Culprit, Process 2, read, answer 12");
    browser.press("ArrowUp");
    assertThat(reader.text("#live")).startsWith("Process 1, write 13");
    browser.press("[");
    assertThat(reader.text("#live")).startsWith("Process 0, write 12").contains("step 29 of 30");
    browser.press("]");
    browser.press("]");
    assertThat(reader.text("#live")).startsWith("Culprit");
    browser.press("ArrowRight");
    assertThat(reader.text("#live")).isEqualTo("No further operation of process 2.");
    browser.press("Escape");
    assertThat(reader.text("#details")).contains("walk with the arrow keys");
    reader.assertUntroubled();
  }

  @Test
  void zoomsAndPansByKeyWheelAndDrag() throws IOException {
    visit(Stories.valid(400, 5));
    focusTimeline();
    String whole = reader.picture("canvas");

    browser.press("+");
    String zoomed = reader.picture("canvas");
    browser.press("ArrowRight", SHIFT);
    String panned = reader.picture("canvas");
    browser.press("0");
    String again = reader.picture("canvas");
    browser.mouse("mouseWheel", 600, 400, Map.of("deltaX", 0, "deltaY", -200));
    browser.awaitTrue("document.getElementById('canvas').toDataURL().length > 0");
    String wheeled = reader.picture("canvas");
    browser.mouse("mousePressed", 600, 400, Map.of("button", "left", "clickCount", 1));
    browser.mouse("mouseMoved", 500, 400, Map.of("button", "left", "buttons", 1));
    browser.mouse("mouseReleased", 500, 400, Map.of("button", "left", "clickCount", 1));
    String dragged = reader.picture("canvas");

    assertThat(again).isEqualTo(whole);
    assertThat(whole).isNotIn(zoomed, panned, wheeled, dragged);
    assertThat(zoomed).isNotEqualTo(panned);
    assertThat(wheeled).isNotEqualTo(dragged);
    reader.assertUntroubled();
  }

  @Test
  void tellsOfWhatThePointerIsOn() throws IOException {
    visit(Stories.withUnknown());
    double left = reader.number("document.getElementById('canvas').getBoundingClientRect().left");
    double top = reader.number("document.getElementById('canvas').getBoundingClientRect().top");

    browser.mouse("mouseMoved", left + 130, top + 45, Map.of());

    assertThat(reader.text("#tooltip")).contains("write 1", "process 0", "step 1 of 2", "nil → 1");
    assertThat(reader.read("document.getElementById('tooltip').hidden")).isEqualTo("false");
    reader.assertUntroubled();
  }

  @Test
  void searchesAndShowsTheWholeHistory() throws IOException {
    visit(Stories.staleRead());

    browser.evaluate("document.getElementById('view-whole').click()");
    browser.evaluate("document.getElementById('search').focus()");
    "write 1".chars().forEach(letter -> browser.press(Character.toString(letter)));
    String found = reader.text("#found");
    browser.press("Enter");

    assertThat(found).isEqualTo("8 matches");
    assertThat(reader.text("#details h3")).startsWith("write 1");
    reader.assertUntroubled();
  }

  @Test
  void leadsFromTheTableToThePicture() throws IOException {
    visit(Stories.staleRead());

    browser.evaluate("document.querySelector('#minimal tbody button').click()");

    assertThat(reader.text("#details h3")).isEqualTo("write 12");
    reader.assertUntroubled();
  }

  @Test
  void turnsDarkWithTheSystemAndByHand() throws IOException {
    browser.prefer("prefers-color-scheme", "dark");
    visit(Stories.withUnknown());
    String dark = reader.read("getComputedStyle(document.body).backgroundColor");
    browser.evaluate("document.getElementById('theme').click()");
    String light = reader.read("getComputedStyle(document.body).backgroundColor");
    browser.prefer("prefers-color-scheme", "light");

    assertThat(dark).isEqualTo("rgb(14, 16, 22)");
    assertThat(light).isEqualTo("rgb(243, 244, 248)");
    reader.assertUntroubled();
  }

  @Test
  void givesHostileTextsNoPower() throws IOException {
    visit(Stories.hostile(VerdictPageTest.HOSTILE));
    focusTimeline();
    browser.press("c");
    browser.evaluate("document.getElementById('view-whole').click()");

    assertThat(reader.text("#details h3")).contains("<img src=x onerror=alert(1)>");
    assertThat(reader.read("document.querySelectorAll('img').length")).isEqualTo("0");
    assertThat(reader.read("document.querySelectorAll('script').length")).isEqualTo("2");
    reader.assertUntroubled();
  }

  @Test
  void opensALongHistoryThatCameCompressed() throws IOException {
    visit(Stories.longStaleRead(10_000, 10));
    browser.evaluate("document.getElementById('view-whole').click()");
    focusTimeline();

    browser.press("c");

    assertThat(reader.text("#live")).startsWith("Culprit");
    assertThat(reader.seesInk("canvas")).isTrue();
    reader.assertUntroubled();
  }

  @Test
  void showsOneKeyAtATimeOrAll() throws IOException {
    visit(Stories.twoKeys());
    String first = reader.picture("canvas");

    browser.evaluate(
        "(() => { const key = document.getElementById('key');"
            + " key.selectedIndex = 2; key.dispatchEvent(new Event('change')); })()");
    String second = reader.picture("canvas");
    browser.evaluate(
        "(() => { const key = document.getElementById('key');"
            + " key.selectedIndex = 0; key.dispatchEvent(new Event('change')); })()");
    String all = reader.picture("canvas");

    assertThat(first).isNotIn(second, all);
    assertThat(second).isNotEqualTo(all);
    assertThat(reader.text("#key")).isEqualTo("all keys:a:b");
    assertThat(reader.attribute("#steps", "hidden")).isEqualTo("");
    reader.assertUntroubled();
  }

  @Test
  void showsVerdictsWithoutACounterexample() throws IOException {
    visit(Stories.undecided());
    assertThat(reader.text("h1")).contains("Not decided");
    assertThat(reader.attribute("#steps", "hidden")).isEqualTo("");
    assertThat(reader.seesInk("canvas")).isTrue();

    visit(Stories.valid(40, 5));
    assertThat(reader.text("#steplist li")).contains("1");
    assertThat(reader.text("#stepstitle")).isEqualTo("An order that explains everything");
    reader.assertUntroubled();
  }

  private static void visit(Judgement judgement) throws IOException {
    reader.open(out -> VerdictPage.write(judgement, out));
  }

  private static void focusTimeline() {
    browser.evaluate("document.getElementById('timeline').focus()");
  }
}
