package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Expected texts, kept as files beside the tests. `-Dgolden.rewrite=true` writes what was printed;
/// read the diff and commit only what you understand.
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/dev/labrys/report");

  private Golden() {}

  static void assertMatches(String name, String actual) throws IOException {
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(FOLDER.resolve(name), actual);
      return;
    }
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      assertThat(in).as("golden file %s, see -Dgolden.rewrite=true", name).isNotNull();
      assertThat(actual).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
