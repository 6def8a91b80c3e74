package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterRunTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... arguments) {
    return Bench.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static List<String> result(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }

  private int shortly(Path folder, String... more) {
    List<String> usual =
        List.of("cluster --nodes 1 --clients 2 --rounds 1 --seconds 1 --warmup 0".split(" ", -1));
    List<String> places =
        List.of(
            "--folder",
            folder.resolve("run").toString(),
            "--results",
            folder.resolve("results").toString());
    return bench(
        Stream.of(usual, places, List.of(more)).flatMap(List::stream).toArray(String[]::new));
  }

  @Test
  void aClusterIsMeasured(@TempDir Path folder) throws IOException {
    int exitCode = shortly(folder);

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("1 node, 2 clients, put", "1 node, 2 clients, get");
    assertThat(result(folder))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("\"operation\":\"put\"", "\"p99Micros\":"));
  }

  @Test
  void requestsMayComeAtARate(@TempDir Path folder) throws IOException {
    int exitCode = shortly(folder, "--rate", "100", "--operations", "GET");

    assertThat(exitCode).isZero();
    assertThat(result(folder).getLast()).contains("\"operations\":100,");
  }

  @Test
  void nonsenseIsRefused() {
    assertThat(bench("cluster", "--clients", "0")).isEqualTo(Bench.USAGE);
    assertThat(bench("cluster", "--clients", "20", "--keys", "10")).isEqualTo(Bench.USAGE);
    assertThat(bench("cluster", "--seconds", "0")).isEqualTo(Bench.USAGE);
    assertThat(bench("cluster", "--beside", "nothing")).isEqualTo(Bench.USAGE);
  }
}
