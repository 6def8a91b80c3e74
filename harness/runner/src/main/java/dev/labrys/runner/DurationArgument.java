package dev.labrys.runner;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A length of time as people write it: `500ms`, `30s`, `1.5m`, `1h30m`.
final class DurationArgument implements ITypeConverter<Duration> {
  private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

  @Override
  public Duration convert(String text) {
    Matcher part = PART.matcher(text);
    double millis = 0;
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      millis += Double.parseDouble(part.group(1)) * millisPer(part.group(2));
      end = part.end();
    }
    if (end < text.length() || text.isEmpty()) {
      throw new TypeConversionException(
          "'%s' is not a length of time; write for example 500ms, 30s, 2m, 1h30m".formatted(text));
    }
    Duration duration = Duration.ofMillis(Math.round(millis));
    if (duration.isZero()) {
      throw new TypeConversionException("'%s' is no time at all".formatted(text));
    }
    return duration;
  }

  private static long millisPer(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }
}
