package dev.labrys.raft.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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

    /// Checks that there are none but the fields of these names.
    void allow(String... names) throws BadRequestException {
      List<String> allowed = List.of(names);
      for (String name : fields.keySet()) {
        if (!allowed.contains(name)) {
          throw new BadRequestException(
              "there is no field '%s'; there are %s".formatted(name, String.join(", ", allowed)));
        }
      }
    }

    /// The field of that name; nothing if there is none.
    Json field(String name) {
      return fields.getOrDefault(name, new Nothing());
    }
  }

  /// What `body` says.
  ///
  /// @throws BadRequestException if that is no JSON, or has fractions, or halves of characters, or
  ///   is nested too deeply
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
          "the body is no JSON that is understood here: " + Parsing.complaint(malformed));
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

    /// Where something is, as the parser says it: with its source, of which nothing is shown.
    private static final Pattern WHERE = Pattern.compile("\\[Source: [^\\]]*; ([^;\\]]*)\\]");

    private Parsing() {}

    private static Json value(JsonParser parser) throws IOException, BadRequestException {
      JsonToken token = parser.currentToken();
      return switch (token) {
        case VALUE_NULL -> new Nothing();
        case VALUE_TRUE -> new Truth(true);
        case VALUE_FALSE -> new Truth(false);
        case VALUE_NUMBER_INT -> new Whole(parser.getLongValue());
        case VALUE_STRING -> new Text(whole(parser.getText()));
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
        String name = whole(parser.currentName());
        parser.nextToken();
        fields.put(name, value(parser));
      }
      return fields;
    }

    /// That text, if it can be written as UTF-8. Half of a surrogate pair can't, and would become
    /// another character.
    private static String whole(String text) throws BadRequestException {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isSurrogate(c)) {
          if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
            throw new BadRequestException(
                "a text has \\u%04x, which is half of a character".formatted((int) c));
          }
          i++;
        }
      }
      return text;
    }

    private static String complaint(IOException malformed) {
      String message =
          malformed instanceof JsonProcessingException wrong
              ? wrong.getOriginalMessage()
              : malformed.getMessage();
      String shown = WHERE.matcher(String.valueOf(message)).replaceAll("$1");
      return shown.lines().findFirst().orElse("");
    }
  }
}
