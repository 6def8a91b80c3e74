package dev.labrys.history;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads values from JSON, and those that JSON lacks from their `$…` forms.
final class JsonValues {
  private final String source;
  private final TextPool pool;

  JsonValues(String source, TextPool pool) {
    this.source = source;
    this.pool = pool;
  }

  /// The value whose first token `parser` is at.
  Value value(JsonParser parser) throws IOException {
    return value(parser, 0);
  }

  /// As [#value], but equal texts are one object.
  Value pooled(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING ? text(parser) : value(parser, 0);
  }

  /// The text that `parser` is at.
  Value.Text text(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed(parser, "expected a text");
    }
    return pool.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  /// The whole number that `parser` is at.
  long number(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw malformed(parser, "expected a whole number of 64 bits");
    }
    return parser.getLongValue();
  }

  private Value value(JsonParser parser, int depth) throws IOException {
    if (depth > Limits.NESTING) {
      throw malformed(parser, "values nested deeper than " + Limits.NESTING);
    }
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Value.nil();
      case VALUE_TRUE -> Value.of(true);
      case VALUE_FALSE -> Value.of(false);
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> real(parser);
      case VALUE_STRING -> Value.of(parser.getText());
      case START_ARRAY -> new Value.Sequence(items(parser, depth));
      case START_OBJECT -> object(parser, depth);
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw malformed(parser, "expected a value");
    };
  }

  private static Value whole(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? new Value.Exact(parser.getText() + "N")
        : Value.of(parser.getLongValue());
  }

  private Value real(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw malformed(parser, "expected a number that a double can hold");
    }
    return new Value.Real(number);
  }

  private List<Value> items(JsonParser parser, int depth) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed(parser, "expected an array");
    }
    List<Value> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, depth + 1));
    }
    return items;
  }

  private Value object(JsonParser parser, int depth) throws IOException {
    String name = parser.nextFieldName();
    if (name != null && name.startsWith("$")) {
      parser.nextToken();
      return special(parser, name, depth);
    }
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (; name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      put(parser, entries, Value.of(name), value(parser, depth + 1));
    }
    return new Value.MapOf(entries);
  }

  /// The extras of an event, the object that `parser` is at: its names stand for keywords.
  Value.MapOf extras(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed(parser, "expected an object");
    }
    String name = parser.nextFieldName();
    if (name != null && name.startsWith("$")) {
      parser.nextToken();
      if (special(parser, name, 0) instanceof Value.MapOf extras) {
        return extras;
      }
      throw malformed(parser, "expected an object or a \"$map\"");
    }
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (; name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      put(parser, entries, Value.keyword(name), value(parser, 1));
    }
    return new Value.MapOf(entries);
  }

  private void put(JsonParser parser, Map<Value, Value> entries, Value key, Value value) {
    if (entries.put(key, value) != null) {
      throw malformed(parser, key + " occurs twice");
    }
  }

  /// The value of `{"$name": …}`, with `parser` at what follows the colon.
  private Value special(JsonParser parser, String name, int depth) throws IOException {
    Value value =
        switch (name) {
          case "$keyword" -> Value.keyword(text(parser).text());
          case "$symbol" -> new Value.Symbol(text(parser).text());
          case "$char" -> character(parser);
          case "$exact" -> exact(parser);
          case "$real" -> special(parser);
          case "$set" -> set(parser, depth);
          case "$map" -> map(parser, depth);
          case "$tagged" -> tagged(parser, depth);
          default ->
              throw malformed(
                  parser,
                  name
                      + " is none of $keyword, $symbol, $char, $exact, $real, $set, $map, $tagged;"
                      + " a plain object whose first name starts with $ is written as $map");
        };
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw malformed(parser, "expected the end of the object that starts with " + name);
    }
    return value;
  }

  private Value character(JsonParser parser) throws IOException {
    String text = text(parser).text();
    if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
      throw malformed(parser, "expected a text of one character");
    }
    return new Value.Char(text.codePointAt(0));
  }

  private Value exact(JsonParser parser) throws IOException {
    String literal = text(parser).text();
    if (!Numbers.isExact(literal)) {
      throw malformed(parser, "expected a number like 10N, 1/3 or 1.50M");
    }
    return new Value.Exact(literal);
  }

  private Value special(JsonParser parser) throws IOException {
    return switch (text(parser).text()) {
      case "NaN" -> new Value.Real(Double.NaN);
      case "Infinity" -> new Value.Real(Double.POSITIVE_INFINITY);
      case "-Infinity" -> new Value.Real(Double.NEGATIVE_INFINITY);
      default -> throw malformed(parser, "expected \"NaN\", \"Infinity\" or \"-Infinity\"");
    };
  }

  private Value set(JsonParser parser, int depth) throws IOException {
    Set<Value> items = new LinkedHashSet<>();
    for (Value item : items(parser, depth)) {
      if (!items.add(item)) {
        throw malformed(parser, item + " occurs twice in a set");
      }
    }
    return Value.set(items);
  }

  private Value map(JsonParser parser, int depth) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed(parser, "expected an array of [key, value]");
    }
    Map<Value, Value> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      List<Value> pair = items(parser, depth);
      if (pair.size() != 2) {
        throw malformed(parser, "expected [key, value]");
      }
      put(parser, entries, pair.get(0), pair.get(1));
    }
    return new Value.MapOf(entries);
  }

  private Value tagged(JsonParser parser, int depth) throws IOException {
    List<Value> parts = items(parser, depth);
    if (parts.size() == 2 && parts.get(0) instanceof Value.Text tag) {
      return new Value.Tagged(tag.text(), parts.get(1));
    }
    throw malformed(parser, "expected [tag, value]");
  }

  private MalformedHistoryException malformed(JsonParser parser, String problem) {
    JsonLocation at = parser.currentTokenLocation();
    return new MalformedHistoryException(source, at.getLineNr(), at.getColumnNr(), problem);
  }
}
