package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every Java file is exactly what google-java-format prints. `-Dtidy.fix=true` rewrites those that
/// are not.
final class FormatTest {
  private static final boolean FIX = Boolean.getBoolean("tidy.fix");

  @TestFactory
  Stream<DynamicTest> everyFileIsFormatted() {
    return Checkout.files(".java").stream()
        .map(file -> DynamicTest.dynamicTest(Checkout.name(file), () -> check(file)));
  }

  private static void check(Path file) throws IOException, FormatterException {
    String actual = Files.readString(file);
    String formatted = formatted(actual);
    if (FIX && !formatted.equals(actual)) {
      Files.writeString(file, formatted);
      return;
    }
    assertThat(actual).as(Checkout.name(file)).isEqualTo(formatted);
  }

  @Test
  void aMisformattedFileIsNoticed() throws FormatterException {
    String misformatted = "package p;\n\nimport java.util.List;\n\nclass A { int  a ; }\n";

    assertThat(formatted(misformatted)).isEqualTo("package p;\n\nclass A {\n  int a;\n}\n");
  }

  private static String formatted(String source) throws FormatterException {
    return new Formatter().formatSourceAndFixImports(source);
  }
}
