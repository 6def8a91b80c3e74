package dev.labrys.runner;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/// One of a few constants, as people write them: `DEPTH_FIRST` is `depth-first`.
final class Choice {
  private Choice() {}

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The one of `values` that is called `text`.
  static <E extends Enum<E>> E among(E[] values, String text) {
    for (E value : values) {
      if (name(value).equals(text.toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    List<String> names = Arrays.stream(values).map(Choice::name).toList();
    throw new TypeConversionException(
        "'%s' is not one of %s".formatted(text, String.join(", ", names)));
  }
}
