package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The libraries run where their users are: on Java 21.
final class BytecodeTest {
  private static final int JAVA_21 = 65;

  @ParameterizedTest
  @ValueSource(strings = {"histories", "histories/synthetic", "checker"})
  void librariesRunOnJava21(String module) throws IOException {
    Path classes = Checkout.ROOT.resolve(module).resolve("target/classes");

    assertThat(classFiles(classes)).isNotEmpty();
    assertThat(otherThanJava21(classes)).isEmpty();
  }

  @Test
  void aNewerClassIsNoticed(@TempDir Path folder) throws IOException {
    Sample.compile("class Bad {}", folder, "--release", "25");

    assertThat(otherThanJava21(folder)).containsExactly("Bad.class has major version 69");
  }

  private static List<String> otherThanJava21(Path folder) throws IOException {
    return classFiles(folder).stream()
        .filter(file -> majorVersion(file) != JAVA_21)
        .map(file -> "%s has major version %d".formatted(file.getFileName(), majorVersion(file)))
        .toList();
  }

  private static List<Path> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
  }

  private static int majorVersion(Path file) {
    try (DataInputStream header = new DataInputStream(Files.newInputStream(file))) {
      header.skipNBytes(6);
      return header.readUnsignedShort();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
