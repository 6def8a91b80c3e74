package dev.labrys.runner;

import dev.labrys.history.HistoryFormat;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A format of histories, by its name.
final class FormatArgument implements ITypeConverter<HistoryFormat> {
  @Override
  public HistoryFormat convert(String text) {
    return HistoryFormat.titled(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is not one of %s"
                    .formatted(
                        text,
                        Arrays.stream(HistoryFormat.values())
                            .map(HistoryFormat::title)
                            .collect(Collectors.joining(", ")))));
  }
}
