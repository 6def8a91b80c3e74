package dev.labrys.system.etcd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What etcd's gateway answers, and the texts in what it is asked.
///
/// @param values the scalars by their JSON pointers: `/kvs/0/value`
record EtcdJson(Map<String, String> values) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /// Reads an answer; empty if it is no JSON.
  static Optional<EtcdJson> read(byte[] answer) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser json = JSON.createParser(answer)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          values.put(
              json.getParsingContext().pathAsPointer().toString(), json.getValueAsString(""));
        }
      }
    } catch (IOException strange) {
      return Optional.empty();
    }
    return Optional.of(new EtcdJson(values));
  }

  /// The text at `pointer`; empty if there is none.
  String text(String pointer) {
    return values.getOrDefault(pointer, "");
  }

  /// The number at `pointer`; 0 if there is none, as etcd leaves zeros out.
  long number(String pointer) {
    String text = text(pointer);
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
  }

  boolean isTrue(String pointer) {
    return text(pointer).equals("true");
  }

  /// The bytes at `pointer`; empty if there are none.
  Optional<byte[]> bytes(String pointer) {
    try {
      return Optional.ofNullable(values.get(pointer)).map(Base64.getDecoder()::decode);
    } catch (IllegalArgumentException strange) {
      return Optional.empty();
    }
  }

  /// Bytes as the gateway wants them.
  static String quoted(byte[] bytes) {
    return '"' + Base64.getEncoder().encodeToString(bytes) + '"';
  }

  /// A text as the gateway wants bytes.
  static String quoted(String text) {
    return quoted(text.getBytes(StandardCharsets.UTF_8));
  }
}
