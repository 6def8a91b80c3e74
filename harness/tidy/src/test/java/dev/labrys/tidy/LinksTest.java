package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Links between documents, to headings in them, and to pictures lead somewhere.
final class LinksTest {
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern LINK =
      Pattern.compile("(?:\\]\\(|src(?:set)?=\")([^()\"\\s]+)[)\"]");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
  private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsSomewhere() {
    return Checkout.files(".md").stream()
        .map(file ->
            DynamicTest.dynamicTest(
                Checkout.name(file),
                () -> assertThat(broken(file)).as(Checkout.name(file)).isEmpty()));
  }

  @Test
  void aBrokenLinkIsNoticed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("there.md"), "# The `one` Heading, twice\n");
    Path file =
        Files.writeString(
            folder.resolve("from.md"),
            """
            # Here
            [a](there.md) [b](missing.md) [c](there.md#the-one-heading-twice) [d](there.md#no)
            [e](#here) [f](#there) [g](https://example.org/x) `[h](code.md)` [i](.)
            <img alt="j" src="no.webp"> <source srcset="there.md">
            """);

    assertThat(broken(file)).containsExactly("missing.md", "there.md#no", "#there", "no.webp");
  }

  private static List<String> broken(Path file) throws IOException {
    List<String> broken = new ArrayList<>();
    String prose = CODE.matcher(Files.readString(file)).replaceAll("");
    for (MatchResult link : LINK.matcher(prose).results().toList()) {
      String target = link.group(1);
      if (!ELSEWHERE.matcher(target).matches() && !leadsSomewhere(file, target)) {
        broken.add(target);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path from, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? from : from.resolveSibling(path);
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || !target.toString().endsWith(".md")
        || anchors(Files.readString(target)).contains(link.substring(hash + 1));
  }

  /// As GitHub makes them: lower case, no punctuation, hyphens for spaces.
  private static List<String> anchors(String markdown) {
    return HEADING
        .matcher(FENCED.matcher(markdown).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
