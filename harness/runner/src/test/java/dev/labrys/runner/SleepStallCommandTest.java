package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1_800)
final class SleepStallCommandTest {
  @TempDir private Path folder;

  @Test
  void theBugAppears20Of20Times() throws IOException {
    Typed typed =
        Typed.in(folder, "repro", "sleep-stall", "--quick", "--json", "--html", "stall.html");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .startsWith("{\"labrys-sleep-stall\":1,\"seed\":1,\"rounds\":20,\"reproduced\":20,")
        .contains("\"cure\":\"no-op\"", "\"curve\":[", "\"rates\":[");
    assertThat(Files.readString(folder.resolve("stall.html")))
        .contains("20", "never committed", "<svg ")
        .endsWith("</html>\n");
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
