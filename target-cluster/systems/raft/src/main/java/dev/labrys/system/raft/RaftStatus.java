package dev.labrys.system.raft;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.labrys.cluster.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a node answers to `GET /status`, as far as it is of use here.
///
/// @param values by their paths: `log.last.index`; the items of a list have the same path
record RaftStatus(Map<String, List<String>> values) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /// Reads an answer; empty if it is none.
  static Optional<RaftStatus> read(byte[] answer) {
    Map<String, List<String>> values = new HashMap<>();
    try (JsonParser json = JSON.createParser(answer)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          String path = json.getParsingContext().pathAsPointer().toString();
          values.computeIfAbsent(name(path), _ -> new ArrayList<>()).add(json.getValueAsString(""));
        }
      }
    } catch (IOException notOurs) {
      return Optional.empty();
    }
    RaftStatus status = new RaftStatus(values);
    return status.number("term") < 0 ? Optional.empty() : Optional.of(status);
  }

  /// `log.last.index` for `/log/last/index`, and `voters` for `/voters/3`.
  private static String name(String pointer) {
    return pointer.substring(1).replaceFirst("/\\d+$", "").replace('/', '.');
  }

  /// The number at `path`; -1 if there is none.
  private long number(String path) {
    String text = values.getOrDefault(path, List.of("")).getFirst();
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
  }

  boolean isLeader() {
    return values.getOrDefault("role", List.of()).contains("leader");
  }

  /// What the node takes for the time, since 1970.
  long clockMillis() {
    return number("clock-millis");
  }

  Standing standing() {
    return new Standing(
        isLeader(),
        number("term"),
        new Standing.Log(
            number("commit-index"),
            number("log.last.index"),
            number("log.snapshot.index"),
            number("last-applied"),
            number("log.last.term")));
  }
}
