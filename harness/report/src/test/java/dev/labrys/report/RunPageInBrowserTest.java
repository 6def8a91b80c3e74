package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a run as a reader meets it: in a real browser, with real keys and a real mouse.
final class RunPageInBrowserTest {
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
  void showsEverythingThereIs() throws IOException {
    visit(RunStories.invalid());

    assertThat(reader.text("h1")).contains("Not valid");
    assertThat(reader.text("#details")).contains("culprit", "cannot come next");
    for (String id : new String[] {"board", "stage", "logs", "boardcontrols", "boardlegend"}) {
      assertThat(reader.read("document.getElementById('" + id + "').hidden"))
          .as(id)
          .isEqualTo("false");
    }
    assertThat(reader.number("document.querySelectorAll('#findingtable tbody tr').length"))
        .isEqualTo(2);
    assertThat(reader.number("document.querySelectorAll('#faulttable tbody tr').length"))
        .isEqualTo(5);
    assertThat(reader.text("#latencytable")).contains("read", "write", "p99");
    assertThat(reader.text("#logcount")).isEqualTo("2,000 lines.");
    assertThat(reader.text("#replay")).startsWith("./labrys run");
    assertThat(reader.seesInk("boardcanvas")).isTrue();
    reader.assertUntroubled();
  }

  @Test
  void opensWhereNothingHappened() throws IOException {
    visit(RunStories.empty());
    assertThat(reader.text("h1")).contains("Vacuous");
    assertThat(reader.read("document.getElementById('logs').hidden")).isEqualTo("true");
    key("board", "+");
    key("board", "ArrowRight");
    assertThat(reader.text("#boardlive")).contains("no leader seen");

    visit(RunStories.withoutFaults(RunStories.valid()));
    assertThat(reader.seesInk("boardcanvas")).isTrue();
    reader.assertUntroubled();
  }

  @Test
  void dragsToAStretchOfTimeAndBackToTheWhole() throws IOException {
    visit(RunStories.valid());
    String whole = reader.picture("boardcanvas");
    assertThat(reader.text("#span")).isEmpty();

    drag(0.25, 0.5);
    browser.awaitTrue("document.getElementById('span').textContent.length > 0");
    settle();
    String zoomed = reader.picture("boardcanvas");
    browser.awaitTrue("document.getElementById('logcount').textContent.includes(' of ')");
    assertThat(reader.text("#span")).matches("(6|7|8)\\.\\d+ s to 1[456]\\.\\d+ s");
    doubleClick(0.5);
    awaitWhole();
    browser.awaitTrue("document.getElementById('logcount').textContent === '2,000 lines.'");

    assertThat(zoomed).isNotEqualTo(whole);
    assertThat(reader.text("#span")).isEmpty();
    reader.assertUntroubled();
  }

  @Test
  void zoomsPansAndTellsByKeyboardAlone() throws IOException {
    visit(RunStories.valid());
    for (int i = 0; i < 30 && !reader.focused().equals("board"); i++) {
      browser.press("Tab");
    }
    assertThat(reader.focused()).isEqualTo("board");
    String whole = reader.picture("boardcanvas");

    browser.press("+");
    String zoomed = reader.picture("boardcanvas");
    browser.press("ArrowRight", SHIFT);
    String panned = reader.picture("boardcanvas");
    browser.press("Home");
    assertThat(reader.text("#boardlive")).contains("ok,", "per second", "leads term");
    browser.press("Escape");
    browser.press("0");
    awaitWhole();

    assertThat(whole).isNotIn(zoomed, panned);
    assertThat(zoomed).isNotEqualTo(panned);
    assertThat(reader.picture("boardcanvas")).isEqualTo(whole);
    reader.assertUntroubled();
  }

  @Test
  void tellsOfTheMomentUnderThePointer() throws IOException {
    visit(RunStories.valid());

    browser.mouse("mouseMoved", x(0.43), y(0.5), Map.of());

    assertThat(reader.read("document.getElementById('readout').hidden")).isEqualTo("false");
    assertThat(reader.text("#readout"))
        .contains("per second", "n2 leads term 4", "n2 is down", "n5 is paused")
        .contains("fault: kill(majority)", "fault: pause(n5)");
    reader.assertUntroubled();
  }

  @Test
  void filtersTheLogsByNodeLevelTextAndTime() throws IOException {
    visit(RunStories.valid());

    browser.evaluate("document.querySelector('#lognodes button').click()");
    assertThat(reader.text("#logcount")).isEqualTo("1,600 of 2,000 lines.");
    change("loglevel", "0");
    assertThat(reader.read(distinct("level"))).isEqualTo("error");
    assertThat(reader.read(distinct("node"))).doesNotContain("n1").contains("n5");
    change("loglevel", "3");
    browser.evaluate("document.getElementById('logsearch').focus()");
    "VOTE \"term 5".chars().forEach(letter -> browser.press(Character.toString(letter)));
    assertThat(reader.read(distinct("text")))
        .isEqualTo(
            "vote for n1 in term 5,vote for n2 in term 5,vote for n3 in term 5,vote for n4 in term"
                + " 5,vote for n5 in term 5");
    assertThat(reader.text("#loglist mark")).isEqualTo("vote");
    "nothing like it".chars().forEach(letter -> browser.press(Character.toString(letter)));
    assertThat(reader.text("#logcount")).isEqualTo("0 of 2,000 lines.");
    reader.assertUntroubled();
  }

  @Test
  void goesFromTheChartToTheLogAndBack() throws IOException {
    visit(RunStories.valid());
    browser.evaluate("document.getElementById('board').scrollIntoView()");

    press("mousePressed", x(0.5), y(0.5), 1);
    press("mouseReleased", x(0.5), y(0.5), 1);
    settle();
    assertThat(reader.number("document.getElementById('loglist').scrollTop")).isGreaterThan(1000);
    String before = reader.picture("boardcanvas");
    key("loglist", "ArrowDown");
    key("loglist", "End");

    assertThat(reader.text("#logline")).contains("n", " at 29.9");
    assertThat(reader.read("document.querySelector('#loglist [aria-selected=true]').textContent"))
        .contains("29.9");
    assertThat(reader.picture("boardcanvas")).isNotEqualTo(before);
    reader.assertUntroubled();
  }

  @Test
  void sortsFaultsAndShowsThemInTheCharts() throws IOException {
    visit(RunStories.valid());
    String calm = reader.picture("boardcanvas");

    browser.evaluate("document.querySelectorAll('#faulttable thead button')[6].click()");
    assertThat(reader.text("#faulttable tbody")).contains("pause(n5)");
    assertThat(reader.text("#faulttable tbody tr:nth-child(2)")).startsWith("pause(n5)");
    browser.evaluate("document.querySelectorAll('#faulttable thead button')[2].click()");
    browser.evaluate("document.querySelectorAll('#faulttable thead button')[2].click()");
    assertThat(reader.text("#faulttable tbody tr")).startsWith("clock.jump(1h)");
    browser.evaluate("document.querySelector('#faulttable tbody tr:nth-child(2) .link').focus()");
    String pointed = reader.picture("boardcanvas");
    browser.evaluate("document.querySelector('#faulttable tbody tr:nth-child(2) .link').click()");
    settle();

    assertThat(pointed).isNotEqualTo(calm);
    assertThat(reader.text("#span")).matches("15\\.\\d+ s to 26\\.\\d+ s");
    reader.assertUntroubled();
  }

  @Test
  void choosesFunctionsAndOutcomes() throws IOException {
    visit(RunStories.valid());
    String all = reader.picture("boardcanvas");

    change("function", "0");
    String reads = reader.picture("boardcanvas");
    browser.evaluate("document.getElementById('show-ok').click()");
    String troubles = reader.picture("boardcanvas");

    assertThat(reader.text("#function")).isEqualTo("allreadwrite");
    assertThat(all).isNotIn(reads, troubles);
    assertThat(reads).isNotEqualTo(troubles);
    reader.assertUntroubled();
  }

  @Test
  void copiesACommandOrAtLeastSelectsIt() throws IOException {
    visit(RunStories.valid());

    for (String command : List.of("replay", "refault")) {
      String button = "document.querySelector('#%s + .copy')".formatted(command);
      browser.evaluate(button + ".click()");

      browser.awaitTrue(button + ".textContent !== 'Copy'");
      assertThat(reader.read("getSelection().toString()")).isEqualTo(reader.text("#" + command));
    }
  }

  @Test
  void turnsDarkByHand() throws IOException {
    visit(RunStories.invalid());
    String light = reader.picture("boardcanvas");

    browser.evaluate("document.getElementById('theme').click()");

    assertThat(reader.read("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(14, 16, 22)");
    assertThat(reader.picture("boardcanvas")).isNotEqualTo(light);
    reader.assertUntroubled();
  }

  @Test
  void givesHostileTextsNoPower() throws IOException {
    visit(RunStories.hostile(VerdictPageTest.HOSTILE));
    browser.mouse("mouseMoved", x(0.4), y(0.3), Map.of());
    key("board", "ArrowRight");
    key("loglist", "ArrowDown");
    browser.evaluate("document.querySelector('#faulttable .link').click()");
    settle();

    for (String id : new String[] {"readout", "boardlive", "loglist", "logline", "faulttable"}) {
      assertThat(reader.text("#" + id)).as(id).contains("<img src=x onerror=alert(1)>");
    }
    assertThat(reader.read("document.querySelectorAll('img').length")).isEqualTo("0");
    assertThat(reader.read("document.querySelectorAll('script').length")).isEqualTo("3");
    reader.assertUntroubled();
  }

  @Test
  void staysQuickWithAHundredThousandOperationsAndAsManyLines() throws IOException {
    visit(RunStories.large(100_000, 100_000));

    assertThat(reader.text("#logcount")).isEqualTo("100,000 lines.");
    assertThat(reader.number("document.querySelectorAll('#loglist .row').length")).isLessThan(100);
    key("loglist", "End");
    assertThat(reader.text("#logline")).contains(" at 29.9");
    browser.evaluate("document.getElementById('logsearch').focus()");
    browser.press("9");
    assertThat(reader.text("#logcount")).contains(" of 100,000 lines.");
    drag(0.3, 0.31);
    browser.awaitTrue("document.getElementById('span').textContent.length > 0");
    settle();
    assertThat(reader.seesInk("boardcanvas")).isTrue();
    reader.assertUntroubled();
  }

  private static void visit(RunReport report) throws IOException {
    assertThat(reader.open(out -> RunPage.write(report, out)))
        .satisfies(page -> assertThat(Files.size(page)).isLessThan(8_000_000));
  }

  private static void key(String id, String key) {
    browser.evaluate("document.getElementById('" + id + "').focus()");
    browser.press(key);
  }

  private static void change(String id, String value) {
    browser.evaluate(
        "(() => { const chosen = document.getElementById('ID'); chosen.value = 'VALUE';"
                .replace("ID", id)
                .replace("VALUE", value)
            + " chosen.dispatchEvent(new Event('change')); })()");
  }

  /// A place on the board, as a part of the run.
  private static double x(double part) {
    double left =
        reader.number("document.getElementById('boardcanvas').getBoundingClientRect().left");
    double width =
        reader.number("document.getElementById('boardcanvas').getBoundingClientRect().width");
    return left + 92 + (width - 92) * part;
  }

  /// A place on the board, as a part of its height.
  private static double y(double part) {
    double top =
        reader.number("document.getElementById('boardcanvas').getBoundingClientRect().top");
    double height =
        reader.number("document.getElementById('boardcanvas').getBoundingClientRect().height");
    return top + height * part;
  }

  private static void drag(double from, double to) {
    browser.evaluate("document.getElementById('board').scrollIntoView()");
    press("mousePressed", x(from), y(0.4), 1);
    browser.mouse("mouseMoved", x(to), y(0.4), Map.of("button", "left", "buttons", 1));
    press("mouseReleased", x(to), y(0.4), 1);
  }

  private static void doubleClick(double part) {
    for (int count = 1; count <= 2; count++) {
      press("mousePressed", x(part), y(0.4), count);
      press("mouseReleased", x(part), y(0.4), count);
    }
  }

  private static void press(String type, double x, double y, int count) {
    browser.mouse(type, x, y, Map.of("button", "left", "clickCount", count));
  }

  /// Waits until the board no longer moves.
  private static void settle() {
    browser.evaluate(
        "new Promise(done => { let last = null; let same = 0; const look = () => {"
            + " const now = document.getElementById('boardcanvas').toDataURL();"
            + " same = now === last ? same + 1 : 0; last = now;"
            + " if (same >= 10) done(true); else requestAnimationFrame(look); }; look(); })");
  }

  private static void awaitWhole() {
    browser.awaitTrue("document.getElementById('whole').disabled");
  }

  private static String distinct(String column) {
    return "[...new Set([...document.querySelectorAll('#loglist .row .COLUMN')]"
            .replace("COLUMN", column)
        + ".map(cell => cell.textContent))].sort().join()";
  }
}
