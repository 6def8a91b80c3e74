package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words that have no place here. The patterns are written so that they don't match themselves.
final class WordsTest {
  private static final Map<String, Pattern> NOT_IN_SOURCES =
      new TreeMap<>(
          Map.of(
              "unfinished work belongs into an issue",
              Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b"),
              "a test that does not run is no test",
              Pattern.compile("@Disab[l]ed\\b"),
              "wait for the thing, not for time",
              Pattern.compile("\\b(Thread|[A-Z]+SECONDS)\\s*[.]\\s*sleep\\b")));

  private static final Map<String, Pattern> NOWHERE =
      new TreeMap<>(
          Map.of(
              "a path of one machine",
                  Pattern.compile(
                      "(?<![\\w.$})>*-])/(home|Users|root|tmp|work|mnt|scratch)/[A-Za-z0-9_.-]+"
                          + "|\\b[A-Z]:\\\\+Users"),
              "the host of a package registry",
                  Pattern.compile(
                      "(?i)\\b(?:https?://)?(?:repo\\d*|registry(?:-\\d+)?|index|packages?|pypi|deb"
                          + "|crates|rubygems|static|proxy|mirrors?|download|central)"
                          + "(?:[.][a-z0-9-]+)+[.](?:org|com|io|net|dev)\\b"
                          + "|\\b(?:docker[.]io/|(?:ghcr|quay|gcr)[.]io\\b)")));

  private static final List<String> SOURCES =
      List.of(".java", ".xml", ".sh", ".html", ".css", ".js", "/labrys", "/.ci/run");

  @TestFactory
  Stream<DynamicTest> everyFileUsesItsOwnWords() {
    return Checkout.files().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                Checkout.name(file),
                () -> assertThat(found(file)).as(Checkout.name(file)).isEmpty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// TO" + "DO later",
        "/* FIX" + "ME */",
        "@Disab" + "led void a() {}",
        "Thread." + "sleep(1);",
        "Path.of(\"/home" + "/ann/x\")",
        "see /tmp" + "/out.txt",
        "C:\\Us" + "ers\\ann",
        "https://repo." + "example.org/maven2",
        "repo1." + "maven.example.org",
        "registry." + "example.org/image",
        "docker" + ".io/library/x"
      })
  void aWordOutOfPlaceIsNoticed(String line) {
    assertThat(found(line, true)).hasSize(1);
  }

  @Test
  void ordinaryWordsPass() {
    String text =
        """
        xmlns="http://maven.apache.org/POM/4.0.0" /usr/lib/jvm ${folder}/tmp/x target/tmp/a
        apt-get install docker.io # a package of Debian's
        sleep(1) history.index.of https://jepsen.io/consistency dev.labrys.report.io
        """;

    assertThat(found(text, true)).isEmpty();
  }

  private static List<String> found(Path file) {
    boolean isSource = SOURCES.stream().anyMatch(file.toString()::endsWith);
    return Checkout.text(file).map(text -> found(text, isSource)).orElse(List.of());
  }

  private static List<String> found(String text, boolean isSource) {
    List<String> found = new ArrayList<>();
    Map<String, Pattern> patterns = new TreeMap<>(NOWHERE);
    if (isSource) {
      patterns.putAll(NOT_IN_SOURCES);
    }
    patterns.forEach((reason, pattern) -> {
      for (MatchResult match : pattern.matcher(text).results().toList()) {
        long line = text.substring(0, match.start()).lines().count();
        found.add("line %d: %s: %s".formatted(Math.max(1, line), match.group(), reason));
      }
    });
    return found;
  }
}
