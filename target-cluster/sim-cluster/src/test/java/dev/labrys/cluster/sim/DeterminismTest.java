package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same seed gives the same run, to the last line of its trace.
final class DeterminismTest {
  private static final int SECONDS = 8;

  @Test
  void theSameSeedGivesTheSameTrace() {
    Rerun first = Rerun.of(new Seed(11), SECONDS);
    Rerun second = Rerun.of(new Seed(11), SECONDS);

    assertThat(second).isEqualTo(first);
    assertThat(first.lines()).isGreaterThan(10_000);
    assertThat(first.ok()).isGreaterThan(300);
  }

  @Test
  void anotherSeedGivesAnother() {
    Rerun first = Rerun.of(new Seed(11), SECONDS);
    Rerun second = Rerun.of(new Seed(12), SECONDS);

    assertThat(second.trace()).isNotEqualTo(first.trace());
    assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void runsBesideEachOtherDoNotMeet() throws InterruptedException, ExecutionException {
    Rerun alone = Rerun.of(new Seed(13), SECONDS);
    List<Callable<Rerun>> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(() -> Rerun.of(new Seed(13), SECONDS));
    }

    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Rerun> run : pool.invokeAll(runs)) {
        assertThat(run.get()).isEqualTo(alone);
      }
    }
  }

  /// Another process, compiled otherwise, of another collector, country and character set.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:-TieredCompilation -XX:+UseParallelGC",
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.language=ar -Duser.country=EG",
        "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-1 -Duser.timezone=Asia/Tokyo"
      })
  void everyJvmGivesTheSameTrace(String flags) throws IOException, InterruptedException {
    Rerun here = Rerun.of(new Seed(14), SECONDS);

    assertThat(elsewhere(flags, "14")).isEqualTo(here.toString());
  }

  private static String elsewhere(String flags, String seed)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags.split(" ", -1)));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Rerun.class.getName(),
            seed,
            Integer.toString(SECONDS)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
