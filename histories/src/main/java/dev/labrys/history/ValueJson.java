package dev.labrys.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Values in the JSON of the native format, for what is written about histories: a verdict, a log.
public final class ValueJson {
  private ValueJson() {}

  /// The value as JSON without white space, as `docs/history-format.md` describes it.
  public static String of(Value value) {
    Utf8Buffer buffer = new Utf8Buffer();
    JsonlEncoder.value(buffer, value, 0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(buffer.size());
    try {
      buffer.writeTo(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
