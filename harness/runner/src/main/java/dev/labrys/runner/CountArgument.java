package dev.labrys.runner;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of things as people write it: `1000`, `100k`, `2M`.
final class CountArgument implements ITypeConverter<Long> {
  private static final Pattern COUNT = Pattern.compile("(\\d{1,12})([KM]?)");

  @Override
  public Long convert(String text) {
    Matcher count = COUNT.matcher(text.toUpperCase(Locale.ROOT));
    if (!count.matches()) {
      throw new TypeConversionException(
          "'%s' is not a number of things; write for example 1000, 100k or 2M".formatted(text));
    }
    long number = Long.parseLong(count.group(1));
    return switch (count.group(2)) {
      case "K" -> number * 1_000;
      case "M" -> number * 1_000_000;
      default -> number;
    };
  }
}
