package dev.labrys.lab;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All tests of the labs.
public final class LabTests {
  private static final int TELLING_LETTERS = 4;

  private static final List<LabTest> ALL =
      Stream.of(
              ElectionScripts.tests(),
              LogScripts.tests(),
              PersistenceScripts.tests(),
              CompactionScripts.tests(),
              StoreScripts.sessionTests(),
              MachineScripts.tests(),
              StoreScripts.versionTests())
          .flatMap(List::stream)
          .toList();

  private LabTests() {}

  /// All of them, in the order of the course.
  public static List<LabTest> all() {
    return ALL;
  }

  /// Those that `wanted` names, in the order of the course; all if it names none.
  ///
  /// A test is named by its name or how that begins, by its part (`2A`, or `2` for all from 2A to
  /// 2D), by what it is about (`raft`, `rsm`, `kv`), or by a pattern with `*` and `?`; in small
  /// letters or large.
  ///
  /// @throws IllegalArgumentException if a name fits nothing, saying what is near
  public static List<LabTest> select(List<String> wanted) {
    if (wanted.isEmpty()) {
      return ALL;
    }
    Set<LabTest> selected = new LinkedHashSet<>();
    for (String name : wanted) {
      List<LabTest> named = named(name);
      if (named.isEmpty()) {
        throw new IllegalArgumentException(
            "there is no test '%s'%s".formatted(name, suggestion(name)));
      }
      selected.addAll(named);
    }
    return ALL.stream().filter(selected::contains).toList();
  }

  private static List<LabTest> named(String wanted) {
    String name = wanted.toLowerCase(Locale.ROOT);
    List<LabTest> exact = ALL.stream().filter(test -> isCalled(test, name)).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    Pattern pattern = pattern(name);
    return ALL.stream().filter(test -> fits(test, name, pattern)).toList();
  }

  /// A name that is one test's and the beginning of another's is that test's.
  private static boolean isCalled(LabTest test, String name) {
    return small(test.name()).equals(name) || small(test.title()).equals(name);
  }

  private static boolean fits(LabTest test, String name, Pattern pattern) {
    return !name.isEmpty()
        && (small(test.name()).startsWith(name)
            || small(test.part().label()).startsWith(name)
            || test.part().group().equals(name)
            || pattern.matcher(small(test.name())).matches());
  }

  private static Pattern pattern(String name) {
    String regex =
        name.chars()
            .mapToObj(letter ->
                switch (letter) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(letter));
                })
            .collect(Collectors.joining());
    return Pattern.compile(regex);
  }

  private static String suggestion(String wanted) {
    String name = small(wanted);
    String near =
        ALL.stream()
            .filter(test -> isNear(small(test.name()), name))
            .map(LabTest::name)
            .limit(3)
            .collect(Collectors.joining(" or "));
    return near.isEmpty() ? "" : "; did you mean " + near + "?";
  }

  private static boolean isNear(String known, String name) {
    boolean isPart = name.length() > 1 && known.contains(name);
    boolean beginsAlike =
        name.length() >= TELLING_LETTERS && known.startsWith(name.substring(0, TELLING_LETTERS));
    return isPart || beginsAlike;
  }

  private static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
