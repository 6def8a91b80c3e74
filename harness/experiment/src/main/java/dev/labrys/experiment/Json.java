package dev.labrys.experiment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON object in a file: maps, lists, texts, truths and numbers.
///
/// @param name of the file that it is of, and where in it; empty if it is of none
/// @param fields in the order in which they are written
record Json(String name, Map<String, Object> fields) {
  private static final int MOST_DEPTH = 32;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final long MOST_BYTES = 16 << 20;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_DEPTH)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .build();

  /// An object without fields.
  static Json empty() {
    return new Json("", new LinkedHashMap<>());
  }

  /// Adds a field.
  Json with(String name, Object value) {
    fields.put(name, value instanceof Json(String _, Map<String, Object> inner) ? inner : value);
    return this;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) throws IOException {
    return field(name, String.class);
  }

  long whole(String name) throws IOException {
    return field(name, Long.class);
  }

  double number(String name) throws IOException {
    return field(name, Number.class).doubleValue();
  }

  List<String> texts(String name) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Object each : field(name, List.class)) {
      texts.add(String.valueOf(each));
    }
    return texts;
  }

  @SuppressWarnings("unchecked")
  Json object(String name) throws IOException {
    return new Json(this.name, (Map<String, Object>) field(name, Map.class));
  }

  private <T> T field(String name, Class<T> type) throws IOException {
    return Optional.ofNullable(fields.get(name))
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(() ->
            new MalformedRunException(
                "%s: the field %s is missing or strange".formatted(this.name, name)));
  }

  /// Writes this as the whole of `file`, or not at all.
  void write(Path file) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".half");
    // Not into what is there, which may be a link to something else.
    Files.deleteIfExists(half);
    try (JsonGenerator json =
        FACTORY.createGenerator(Files.newBufferedWriter(half, StandardOpenOption.CREATE_NEW))) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      write(json, fields);
      json.writeRaw('\n');
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> each : map.entrySet()) {
          json.writeFieldName(String.valueOf(each.getKey()));
          write(json, each.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object each : list) {
          write(json, each);
        }
        json.writeEndArray();
      }
      case Json(String _, Map<String, Object> inner) -> write(json, inner);
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      default -> throw new IllegalArgumentException("no JSON is made of " + value.getClass());
    }
  }

  /// What `file` holds.
  ///
  /// @throws MalformedRunException if it is no JSON object, or a very large one
  static Json read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new MalformedRunException("%s is larger than %d bytes".formatted(file, MOST_BYTES));
    }
    try (JsonParser json = FACTORY.createParser(Files.newBufferedReader(file))) {
      json.nextToken();
      if (value(json) instanceof Map<?, ?> fields && json.nextToken() == null) {
        Json read = new Json(file.toString(), new LinkedHashMap<>());
        fields.forEach((name, each) -> read.with(String.valueOf(name), each));
        return read;
      }
    } catch (JsonProcessingException malformed) {
      throw new MalformedRunException(file + complaint(malformed), malformed);
    } catch (CharacterCodingException binary) {
      throw new MalformedRunException(file + " is no text in UTF-8", binary);
    }
    throw new MalformedRunException(file + " does not hold one JSON object");
  }

  /// Where and why; a file that is too deep has no place that is to blame.
  private static String complaint(JsonProcessingException malformed) {
    String why =
        malformed instanceof JsonEOFException
            ? "it ends in the middle"
            : malformed.getOriginalMessage();
    return Optional.ofNullable(malformed.getLocation())
        .map(place -> ":%d:%d: %s".formatted(place.getLineNr(), place.getColumnNr(), why))
        .orElse(": " + why);
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          map.put(name, value(json));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> json.getText();
      case null, default -> throw new JsonParseException(json, "unexpected " + json.currentToken());
    };
  }
}
