package dev.labrys.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Scripts, each with everything that comes of it. `-Dgolden.rewrite=true` writes down what comes
/// of them now; read the difference line by line and commit only what you understand.
final class GoldenTraceTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/labrys/raft/traces");

  @TestFactory
  Stream<DynamicTest> everyScriptComesOutAsWritten() throws IOException {
    return scripts().stream()
        .map(script -> DynamicTest.dynamicTest(script.getFileName().toString(), () -> run(script)));
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static void run(Path script) throws IOException {
    String written = Files.readString(script);

    String actual = Script.rewritten(written);

    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(script, actual);
    } else {
      assertThat(actual).as("%s, see -Dgolden.rewrite=true", script).isEqualTo(written);
    }
  }

  @Test
  void thereAreScripts() throws IOException {
    assertThat(scripts()).hasSizeGreaterThan(10);
  }
}
