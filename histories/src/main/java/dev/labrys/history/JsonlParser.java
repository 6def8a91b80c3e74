package dev.labrys.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Parses the native format (`docs/history-format.md`).
///
/// One JSON parser runs over the whole file, since setting one up costs as much as a line.
final class JsonlParser implements EventSource {
  private static final String HEADER = "labrys-history";
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // A hostile file may make names collide; that costs time, bounded by the size of a line.
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          // Whether the last line is torn can be told only from what follows in the stream.
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // A level of our values takes up to three of JSON's.
                  .maxNestingDepth(4 * Limits.NESTING)
                  .maxNumberLength(Limits.NUMBER_LENGTH)
                  .maxNameLength(Limits.TEXT_BYTES)
                  .maxStringLength(Limits.TEXT_BYTES)
                  .build())
          .build();

  private final String source;
  private final Tail tail;
  private final LineCounter lines;
  private final JsonParser parser;
  private final JsonlFields fields;
  private boolean isHeaderRead;
  private boolean isTorn;
  private long line;
  private @Nullable Event event;

  JsonlParser(InputStream in, String source, Tail tail) throws IOException {
    this.source = source;
    this.tail = tail;
    lines = new LineCounter(in, source);
    parser = FACTORY.createParser(lines);
    fields = new JsonlFields(source, parser);
  }

  @Override
  public boolean advance() throws IOException {
    if (isTorn) {
      return false;
    }
    long lineBefore = line;
    try {
      if (!isHeaderRead) {
        readHeader();
      }
      if (!startLine()) {
        return false;
      }
      event = fields.event();
      requireSameLine();
      return true;
    } catch (JsonProcessingException broken) {
      JsonLocation at = Objects.requireNonNullElse(broken.getLocation(), JsonLocation.NA);
      // An event that starts before the last line is not torn, even if that shows only there.
      long brokenLine = line > lineBefore ? line : Math.max(1, at.getLineNr());
      return recover(brokenLine, at, broken.getOriginalMessage());
    } catch (CharConversionException broken) {
      throw new MalformedHistoryException(
          source, line + 1, 1, "expected UTF-8: " + broken.getMessage());
    }
  }

  private void readHeader() throws IOException {
    if (!startLine()) {
      throw new MalformedHistoryException(source, 1, 1, "is empty, expected " + header());
    }
    if (!HEADER.equals(parser.nextFieldName())
        || parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
      throw malformed("expected the header " + header());
    }
    String version = parser.getText();
    if (!version.equals(Integer.toString(JsonlEncoder.VERSION))) {
      throw malformed(
          "is written in version %s of the format; this program reads version %d"
              .formatted(version, JsonlEncoder.VERSION));
    }
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw malformed("expected the end of the header " + header());
    }
    requireSameLine();
    isHeaderRead = true;
  }

  private static String header() {
    return "{\"" + HEADER + "\":" + JsonlEncoder.VERSION + "}";
  }

  /// Goes to the start of the next object, which must be in a line of its own.
  private boolean startLine() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return false;
    }
    if (token != JsonToken.START_OBJECT) {
      throw malformed("expected a JSON object");
    }
    long start = parser.currentTokenLocation().getLineNr();
    if (start == line) {
      throw malformed("expected the end of the line after the object");
    }
    line = start;
    return true;
  }

  private void requireSameLine() {
    if (parser.currentTokenLocation().getLineNr() != line) {
      throw malformed("expected the whole object in one line, line " + line);
    }
  }

  private boolean recover(long brokenLine, JsonLocation at, String problem) throws IOException {
    if (!lines.isLastAndUnended(brokenLine)) {
      throw new MalformedHistoryException(source, at.getLineNr(), at.getColumnNr(), problem);
    }
    if (tail == Tail.STRICT) {
      throw new MalformedHistoryException(
          source,
          at.getLineNr(),
          at.getColumnNr(),
          "the last line is torn; recover the tail to read without it: " + problem);
    }
    isTorn = true;
    line = brokenLine;
    event =
        new Event.Note(
            "labrys",
            "torn-tail",
            new Value.MapOf(
                Map.of(
                    Value.of("dropped-line"), Value.of(brokenLine),
                    Value.of("dropped-bytes"), Value.of(lines.bytesSinceLineEnd()))),
            fields.timeOfLast(),
            Value.MapOf.empty());
    return true;
  }

  private MalformedHistoryException malformed(String problem) {
    JsonLocation at = parser.currentTokenLocation();
    return new MalformedHistoryException(source, at.getLineNr(), at.getColumnNr(), problem);
  }

  @Override
  public Event event() {
    return Objects.requireNonNull(event);
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    try (lines) {
      parser.close();
    }
  }
}
