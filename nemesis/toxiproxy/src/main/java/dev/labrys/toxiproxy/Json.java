package dev.labrys.toxiproxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a client says in JSON, read as Toxiproxy reads it: keys in any letter case, null for what
/// is not given, unknown keys and what follows the first value ignored, and nothing coerced.
sealed interface Json {

  record Nothing() implements Json {}

  record Truth(boolean isSo) implements Json {}

  record Whole(long number) implements Json {}

  /// A number with a fraction or an exponent, or one beyond 64 bits.
  record Real(double number) implements Json {}

  record Text(String text) implements Json {}

  record Items(List<Json> items) implements Json {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// An object.
  ///
  /// @param fields by name, in small letters
  record Fields(Map<String, Json> fields) implements Json {

    Optional<String> text(String name) throws ApiException {
      return switch (field(name)) {
        case Nothing() -> Optional.empty();
        case Text(String text) when text.length() <= Limits.TEXT -> Optional.of(text);
        case Text(_) ->
            throw ApiException.badBody(name + " is longer than %d letters".formatted(Limits.TEXT));
        case Json other -> throw mismatch(other, name, "string");
      };
    }

    Optional<Boolean> truth(String name) throws ApiException {
      return switch (field(name)) {
        case Nothing() -> Optional.empty();
        case Truth(boolean isSo) -> Optional.of(isSo);
        case Json other -> throw mismatch(other, name, "bool");
      };
    }

    OptionalLong whole(String name) throws ApiException {
      return switch (field(name)) {
        case Nothing() -> OptionalLong.empty();
        case Whole(long number) -> OptionalLong.of(number);
        case Json other -> throw mismatch(other, name, "int64");
      };
    }

    Optional<Float> real(String name) throws ApiException {
      return switch (field(name)) {
        case Nothing() -> Optional.empty();
        case Whole(long number) -> Optional.of((float) number);
        case Real(double number) when Float.isFinite((float) number) -> Optional.of((float) number);
        case Json other -> throw mismatch(other, name, "float32");
      };
    }

    /// The object of that name; an empty one if there is none.
    Fields object(String name) throws ApiException {
      return switch (field(name)) {
        case Nothing() -> new Fields(Map.of());
        case Fields fields -> fields;
        case Json other -> throw mismatch(other, name, "object");
      };
    }

    private Json field(String name) {
      return fields.getOrDefault(name, new Nothing());
    }
  }

  /// The object that `body` says; null is one with nothing in it.
  static Fields object(String body) throws ApiException {
    return asFields(parse(body));
  }

  private static Fields asFields(Json json) throws ApiException {
    return switch (json) {
      case Nothing() -> new Fields(Map.of());
      case Fields fields -> fields;
      case Json other -> throw mismatch(other, "body", "object");
    };
  }

  /// The objects of the array that `body` says; null is an empty one.
  static List<Fields> objects(String body) throws ApiException {
    List<Fields> objects = new ArrayList<>();
    switch (parse(body)) {
      case Nothing() -> {}
      case Items(List<Json> items) -> {
        for (Json item : items) {
          objects.add(asFields(item));
        }
      }
      case Json other -> throw mismatch(other, "body", "array");
    }
    return objects;
  }

  private static ApiException mismatch(Json found, String name, String wanted) {
    String kind =
        switch (found) {
          case Nothing() -> "null";
          case Truth(_) -> "bool";
          case Whole(_), Real(_) -> "number";
          case Text(_) -> "string";
          case Items(_) -> "array";
          case Fields(_) -> "object";
        };
    return ApiException.badBody(
        "json: cannot unmarshal %s into field %s of type %s".formatted(kind, name, wanted));
  }

  /// The first value that `body` says.
  private static Json parse(String body) throws ApiException {
    try (JsonParser parser = Parsing.FACTORY.createParser(body)) {
      if (parser.nextToken() == null) {
        throw ApiException.badBody("EOF");
      }
      return Parsing.value(parser);
    } catch (IOException malformed) {
      String problem = String.valueOf(malformed.getMessage());
      throw ApiException.badBody(problem.lines().findFirst().orElse("unexpected EOF"));
    }
  }

  /// How [#parse] does it.
  final class Parsing {
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(Limits.DEPTH).build())
            .build();

    private Parsing() {}

    private static Json value(JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      return switch (token) {
        case VALUE_NULL -> new Nothing();
        case VALUE_TRUE -> new Truth(true);
        case VALUE_FALSE -> new Truth(false);
        case VALUE_NUMBER_INT -> whole(parser);
        case VALUE_NUMBER_FLOAT -> new Real(parser.getDoubleValue());
        case VALUE_STRING -> new Text(parser.getText());
        case START_ARRAY -> new Items(items(parser));
        case START_OBJECT -> new Fields(fields(parser));
        case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IOException("no value begins with " + token);
      };
    }

    private static Json whole(JsonParser parser) throws IOException {
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? new Real(parser.getDoubleValue())
          : new Whole(parser.getLongValue());
    }

    private static List<Json> items(JsonParser parser) throws IOException {
      List<Json> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser));
      }
      return items;
    }

    private static Map<String, Json> fields(JsonParser parser) throws IOException {
      Map<String, Json> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName().toLowerCase(Locale.ROOT);
        parser.nextToken();
        fields.put(name, value(parser));
      }
      return fields;
    }
  }
}
