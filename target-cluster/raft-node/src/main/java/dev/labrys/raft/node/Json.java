package dev.labrys.raft.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a client says in JSON. There are no fractions in it, as nothing here has any.
sealed interface Json {

  record Nothing() implements Json {}

  record Truth(boolean isSo) implements Json {}

  record Whole(long number) implements Json {}

  record Text(String text) implements Json {}

  record Items(List<Json> items) implements Json {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Fields(Map<String, Json> fields) implements Json {

    /// The field of that name; nothing if there is none.
    Json field(String name) {
      return fields.getOrDefault(name, new Nothing());
    }
  }

  /// What `body` says.
  ///
  /// @throws BadRequestException if that is no JSON, or has fractions, or is nested too deeply
  static Json parse(byte[] body) throws BadRequestException {
    try (JsonParser parser = Parsing.FACTORY.createParser(body)) {
      if (parser.nextToken() == null) {
        throw new BadRequestException("the body is empty, where JSON is expected");
      }
      Json value = Parsing.value(parser);
      if (parser.nextToken() != null) {
        throw new BadRequestException("the body has more than one JSON value");
      }
      return value;
    } catch (IOException malformed) {
      throw new BadRequestException(
          "the body is no JSON that is understood here: " + Parsing.firstLine(malformed));
    }
  }

  /// How [#parse] does it.
  final class Parsing {
    private static final int DEPTH = 16;
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxNumberLength(20).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Parsing() {}

    private static Json value(JsonParser parser) throws IOException, BadRequestException {
      JsonToken token = parser.currentToken();
      return switch (token) {
        case VALUE_NULL -> new Nothing();
        case VALUE_TRUE -> new Truth(true);
        case VALUE_FALSE -> new Truth(false);
        case VALUE_NUMBER_INT -> new Whole(parser.getLongValue());
        case VALUE_STRING -> new Text(parser.getText());
        case START_ARRAY -> new Items(items(parser));
        case START_OBJECT -> new Fields(fields(parser));
        case VALUE_NUMBER_FLOAT ->
            throw new BadRequestException("numbers are whole here, unlike " + parser.getText());
        case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new BadRequestException("no JSON value begins with " + token);
      };
    }

    private static List<Json> items(JsonParser parser) throws IOException, BadRequestException {
      List<Json> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser));
      }
      return items;
    }

    private static Map<String, Json> fields(JsonParser parser)
        throws IOException, BadRequestException {
      Map<String, Json> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, value(parser));
      }
      return fields;
    }

    private static String firstLine(IOException malformed) {
      return String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
    }
  }
}
