package dev.labrys.runner;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// An amount of memory as people write it: `512M`, `2G`, `1.5GiB`. Units are powers of 1024.
final class SizeArgument implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([KMGT])(?:I?B)?");

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new TypeConversionException(
          "'%s' is not an amount of memory; write for example 512M or 2G".formatted(text));
    }
    double bytes = Double.parseDouble(size.group(1)) * bytesPer(size.group(2));
    return Math.round(bytes);
  }

  private static long bytesPer(String unit) {
    return switch (unit) {
      case "K" -> 1L << 10;
      case "M" -> 1L << 20;
      case "G" -> 1L << 30;
      default -> 1L << 40;
    };
  }
}
