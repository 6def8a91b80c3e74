package dev.labrys.toxiproxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Each line is a message. Of one that is a JSON object, the type is the text in its field `type`,
/// or in the field `type` of its field `body`.
final class LineFraming implements Framing {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public Cutter beginning() {
    return new Lines();
  }

  /// At the end of the line that is under way.
  @Override
  public Optional<Cutter> joining() {
    return Optional.of(
        new Cutter() {
          private final Lines lines = new Lines();
          private boolean isAtStart;

          @Override
          public Cut next(ByteBuffer bytes) {
            if (isAtStart) {
              return lines.next(bytes);
            }
            for (int i = bytes.position(); i < bytes.limit(); i++) {
              if (bytes.get(i) == '\n') {
                isAtStart = true;
                return new Plain(i + 1L - bytes.position());
              }
            }
            return new Plain(bytes.remaining());
          }
        });
  }

  private static final class Lines implements Cutter {
    /// How much of the line has no end in it.
    private int seen;

    @Override
    public Cut next(ByteBuffer bytes) {
      int start = bytes.position();
      for (int i = start + seen; i < bytes.limit(); i++) {
        if (bytes.get(i) == '\n') {
          seen = 0;
          int length = i + 1 - start;
          byte[] line = new byte[length];
          bytes.get(start, line);
          return new Message(length, type(line), Role.UNKNOWN);
        }
      }
      seen = bytes.limit() - start;
      return Pending.MORE;
    }
  }

  private static String type(byte[] line) {
    try (JsonParser parser = JSON.createParser(new ByteArrayInputStream(line))) {
      return parser.nextToken() == JsonToken.START_OBJECT ? type(parser) : "";
    } catch (IOException _) {
      // No JSON: a line all the same.
      return "";
    }
  }

  private static String type(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("type") && value == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      if (name.equals("body") && value == JsonToken.START_OBJECT) {
        String type = type(parser);
        if (!type.isEmpty()) {
          return type;
        }
      } else {
        parser.skipChildren();
      }
    }
    return "";
  }
}
