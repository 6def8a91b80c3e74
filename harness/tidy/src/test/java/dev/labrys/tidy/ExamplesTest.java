package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Java that a document shows is part of a test, word for word: every ` ```java ` block stands, as
/// a whole, in some file of a folder `example` among the tests.
final class ExamplesTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

  @TestFactory
  Stream<DynamicTest> everyExampleIsRun() {
    List<String> tested =
        Checkout.files(".java").stream()
            .filter(file -> Checkout.name(file).matches(".*/src/test/java/.*/example/[^/]+"))
            .map(ExamplesTest::text)
            .toList();

    return Checkout.files(".md").stream()
        .map(document ->
            DynamicTest.dynamicTest(
                Checkout.name(document),
                () -> assertThat(untested(text(document), tested)).isEmpty()));
  }

  @Test
  void anExampleThatNobodyRunsIsNoticed() {
    String document = "```java\na();\nb();\n```\ntext\n```java\na();\nc();\n```\n";

    assertThat(untested(document, List.of("  {\n    a();\n    b();\n  }\n")))
        .containsExactly("a();\nc();\n");
  }

  private static List<String> untested(String document, List<String> sources) {
    return BLOCK
        .matcher(document)
        .results()
        .map(block -> block.group(1))
        .filter(example -> sources.stream().noneMatch(source -> holds(source, example)))
        .toList();
  }

  /// Whether `example` stands in `source`, perhaps further to the right.
  private static boolean holds(String source, String example) {
    return Stream.of(0, 2, 4, 6, 8)
        .map(columns -> example.replaceAll("(?m)^(?=.)", " ".repeat(columns)))
        .anyMatch(indented -> ("\n" + source).contains("\n" + indented));
  }

  private static String text(Path file) {
    return Checkout.text(file).orElseThrow();
  }
}
