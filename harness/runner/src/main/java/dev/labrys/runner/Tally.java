package dev.labrys.runner;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How many histories ended how.
final class Tally {
  /// The verdicts in the order in which they are counted out.
  static final List<ExitCode> VERDICTS =
      List.of(
          ExitCode.SUCCESS,
          ExitCode.VIOLATION,
          ExitCode.UNKNOWN,
          ExitCode.VACUOUS,
          ExitCode.INCONCLUSIVE);

  private ExitCode worst = ExitCode.SUCCESS;
  private final Map<ExitCode, Integer> counts = new EnumMap<>(ExitCode.class);

  void add(FileVerdict verdict) {
    counts.merge(verdict.exitCode(), 1, Integer::sum);
    addTrouble(verdict.exitCode());
  }

  /// Something went wrong that is no verdict.
  void addTrouble(ExitCode code) {
    worst = worst.worse(code);
  }

  int histories() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  int count(ExitCode code) {
    return counts.getOrDefault(code, 0);
  }

  int errors() {
    return counts.keySet().stream().filter(ExitCode::isError).mapToInt(this::count).sum();
  }

  /// The worst of all.
  ExitCode exitCode() {
    return worst;
  }

  /// `3 histories: 1 valid, 2 invalid`.
  String sentence() {
    String parts =
        VERDICTS.stream()
            .filter(code -> count(code) > 0)
            .map(code -> String.format(Locale.ROOT, "%,d %s", count(code), code.word()))
            .collect(Collectors.joining(", "));
    String failed = errors() == 0 ? "" : "%s%,d not judged".formatted(separator(parts), errors());
    return "%s: %s%s".formatted(histories(histories()), parts, failed);
  }

  private static String separator(String parts) {
    return parts.isEmpty() ? "" : ", ";
  }

  /// `1 history`, `3 histories`.
  static String histories(int number) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? "history" : "histories");
  }
}
