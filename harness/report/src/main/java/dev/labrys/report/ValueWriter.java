package dev.labrys.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.history.Value;
import java.io.IOException;

/// STAND-IN until the native format's own encoding is merged.
final class ValueWriter {
  private ValueWriter() {}

  static void write(JsonGenerator json, Value value) throws IOException {
    if (value instanceof Value.Int(long number)) {
      json.writeNumber(number);
    } else if (value.isNil()) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }
}
