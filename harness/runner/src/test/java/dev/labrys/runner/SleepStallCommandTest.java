package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(1_800)
final class SleepStallCommandTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void theBugAppears20Of20Times() throws IOException {
    Typed typed = Typed.in(folder, "repro", "sleep-stall", "--quick", "--json");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .startsWith("{\"labrys-sleep-stall\":1,\"seed\":1,\"rounds\":20,\"reproduced\":20,")
        .contains("\"cure\":\"no-op\"", "\"curve\":[", "\"rates\":[");
    Path kept = kept().getFirst();
    assertThat(kept.resolve("results.json")).hasContent(typed.out());
    assertThat(kept.resolve("reproduce.txt"))
        .hasContent("./labrys repro sleep-stall --quick --deploy processes --runs 20 --seed 1\n");
    assertThat(Files.readString(kept.resolve("report.html")))
        .contains("10 of 10 times never committed", "<svg ")
        .endsWith("</html>\n");
    for (String picture : List.of("sleep", "freeze", "curve", "rates")) {
      assertThat(Files.readString(kept.resolve(picture + ".svg"))).startsWith("<svg ");
    }
    assertThat(kept.resolve("nodes/cluster-1")).isDirectoryNotContaining(Files::isDirectory);
    assertThat(kept.resolve("nodes/cluster-1/n1.log")).isNotEmptyFile();
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      return all.toList();
    }
  }

  @Test
  void anInterruptLeavesNothing() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal = Typed.terminal(folder, "", out, new ByteArrayOutputStream());
    FutureTask<Integer> play =
        new FutureTask<>(() -> Labrys.run(terminal, "repro", "sleep-stall", "--quick"));
    Thread.ofPlatform().name("sleep-stall").start(play);
    await(() -> !nodes().isEmpty() || play.isDone());
    assertThat(play.isDone()).as(out.toString(StandardCharsets.UTF_8)).isFalse();

    terminal.interrupt();

    play.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(nodes()).isEmpty();
    assertThat(kept()).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("interrupted after 0 of 20 rounds");
  }

  /// The nodes that run here.
  private List<ProcessHandle> nodes() {
    return ProcessHandle.current().descendants().filter(this::isOurs).toList();
  }

  /// By its command line, of which the JDK knows only the first page, and a class path is long.
  private boolean isOurs(ProcessHandle process) {
    Path whole = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      String line =
          Files.isReadable(whole)
              ? Files.readString(whole, StandardCharsets.ISO_8859_1)
              : process.info().commandLine().orElse("");
      return line.contains(folder.toString());
    } catch (IOException gone) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repro sleep-stall --runs 0              | at least one round has to be played, not 0",
        "repro sleep-stall --runs 1001           | --runs is at most 1,000",
        "repro sleep-stall --deploy simulation   | is not one of processes, containers",
        "measure stalls --time 721h              | --time is at most 720h",
      })
  void whatDoesNotFitIsRefused(String line, String complaint) {
    Typed typed = Typed.in(folder, line.split(" ", -1));

    assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(typed.err()).contains(complaint);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void whoHasEnoughGetsWhatWasMeasured() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal = Typed.terminal(folder, "", out, new ByteArrayOutputStream());
    FutureTask<Integer> measuring =
        new FutureTask<>(() -> Labrys.run(terminal, "measure", "stalls", "--time", "10m"));
    Thread.ofPlatform().name("measure-stalls").start(measuring);

    await(() -> {
      terminal.interrupt();
      return measuring.isDone();
    });

    assertThat(measuring.get(0, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("sleeps of 1 ms in", "the worst by");
  }

  @Test
  void oneHasToSayWhichBug() {
    Typed typed = Typed.in(folder, "repro");

    assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(typed.err()).contains("say which bug: sleep-stall");
  }

  @Test
  void lateSleepsAreMeasured() {
    Typed typed = Typed.in(folder, "measure", "stalls", "--time", "200ms");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .contains("sleeps of 1 ms in 0.", "the worst by", "the host ", "This machine bears");
    assertThat(Typed.in(folder, "measure", "stalls", "-t", "100ms", "--json").out())
        .startsWith("{\"labrys-stalls\":1,");
  }
}
