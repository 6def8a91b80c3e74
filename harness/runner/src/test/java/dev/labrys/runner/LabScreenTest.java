package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.lab.LabSuite;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.LabTests;
import dev.labrys.lab.Score;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LabScreenTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong(-5 * SECOND);

  private static List<Score> scores(List<LabTest> tests) {
    return tests.stream()
        .map(test -> new Score(test, 3, 1, 8 * SECOND, 3 * SECOND, 400, 4_000))
        .toList();
  }

  private LabScreen screen(List<LabTest> tests, Set<Terminal.Ability> abilities) {
    return new LabScreen(
        new Terminal(Typed.streams("", out, err), abilities, Path.of("")),
        new LabSuite.Plan(tests, 10, new Seed(1), 1, LabSuite.AfterFailure.GO_ON),
        clock::get);
  }

  private String drawn() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aWatchedTerminalShowsATableThatIsDrawnAgainInPlace() {
    List<LabTest> tests = LabTests.select(List.of("2A"));
    LabScreen screen = screen(tests, Set.of(Terminal.Ability.PROGRESS));

    clock.addAndGet(SECOND);
    screen.show(scores(tests));

    assertThat(drawn().lines().map(line -> line.replace("\u001b[K", "")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("test  "),
            line ->
                assertThat(line).matches("InitialElection2A +3 +1 +2.00 s +3.00 s +100 +1.0 kB"),
            line -> assertThat(line).startsWith("ReElection2A "),
            line -> assertThat(line).startsWith("ManyElections2A "),
            line ->
                assertThat(line)
                    .isEqualTo("[#########---------------] 12 of 30 runs, 3 failed, 1 s"));

    err.reset();
    clock.addAndGet(SECOND);
    screen.show(scores(tests));

    assertThat(drawn()).startsWith("\u001b[5A\r").contains("2 s");

    err.reset();
    screen.clear();
    screen.clear();

    assertThat(drawn()).isEqualTo("\u001b[5A\r\u001b[J");
  }

  @Test
  void itIsNotDrawnMoreOftenThanSomebodyCanLook() {
    List<LabTest> tests = LabTests.select(List.of("2A"));
    LabScreen screen = screen(tests, Set.of(Terminal.Ability.PROGRESS));

    screen.show(scores(tests));
    clock.addAndGet(SECOND);
    screen.show(scores(tests));
    int once = err.size();
    screen.show(scores(tests));
    clock.addAndGet(SECOND / 1_000);
    screen.show(scores(tests));

    assertThat(err.size()).isEqualTo(once).isPositive();
  }

  @Test
  void manyTestsAreShownByParts() {
    LabScreen screen = screen(LabTests.all(), Set.of(Terminal.Ability.PROGRESS));

    clock.addAndGet(SECOND);
    screen.show(scores(LabTests.all()));

    assertThat(drawn().lines()).hasSize(11);
    assertThat(drawn()).contains("2A  ", "4C  ");
  }

  @Test
  void whereNobodyWatchesALineIsSaidNowAndThen() {
    List<LabTest> tests = LabTests.select(List.of("2A"));
    LabScreen screen = screen(tests, Set.of());

    clock.addAndGet(29 * SECOND);
    screen.show(scores(tests));
    assertThat(drawn()).isEmpty();
    clock.addAndGet(2 * SECOND);
    screen.show(scores(tests));
    screen.clear();

    assertThat(drawn()).isEqualTo("labrys: 12 of 30 runs, 3 failed, 31 s\n");
    assertThat(out.size()).isZero();
  }
}
