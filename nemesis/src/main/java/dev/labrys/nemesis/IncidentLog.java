package dev.labrys.nemesis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// What a nemesis did, a line of JSON for each [Incident], as the file `faults.jsonl`:
///
/// ```
/// {"time":5000000000,"entry":0,"phase":"begins","fault":"kill:target=n1"}
/// {"time":5200000000,"entry":0,"phase":"failed","fault":"kill:target=n1","detail":"n1: …"}
/// ```
///
/// Each line is written at once, so that nothing is missing after a runner that was killed but,
/// maybe, the end of the last.
public final class IncidentLog implements Consumer<Incident>, Closeable {

  /// Longer lines are refused, and so are more of them.
  static final int MOST_LETTERS = 100_000;

  static final int MOST_LINES = 10 * Schedule.MOST_ENTRIES;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxNumberLength(19)
                  .maxStringLength(MOST_LETTERS)
                  .build())
          .build();

  private static final Pattern WHOLE = Pattern.compile("\\d{1,19}");

  private final Writer out;
  private final List<IOException> failures = new ArrayList<>();

  /// @param out closed with this
  public IncidentLog(Writer out) {
    this.out = out;
  }

  /// Writes a line. One that can't be written is missed when this is [closed][#close], and not
  /// before: a full disk of the runner heals no fault.
  @Override
  public synchronized void accept(Incident incident) {
    try {
      out.write(line(incident));
      out.write('\n');
      out.flush();
    } catch (IOException full) {
      if (failures.isEmpty()) {
        failures.add(full);
      }
    }
  }

  /// @throws IOException if something could not be written
  @Override
  public synchronized void close() throws IOException {
    out.close();
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /// An incident as JSON.
  static String line(Incident incident) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("time", incident.timeNanos());
      json.writeNumberField("entry", incident.entry());
      json.writeStringField("phase", name(incident.phase()));
      json.writeStringField("fault", incident.fault());
      if (!incident.detail().isEmpty()) {
        json.writeStringField("detail", incident.detail());
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return line.toString();
  }

  private static String name(Incident.Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Reads what was written. The end of a line that was not written wholly is left out.
  ///
  /// @throws IOException if `in` can't be read
  /// @throws IllegalArgumentException naming the line that can't be read, and why
  public static List<Incident> read(Reader in) throws IOException {
    List<Incident> incidents = new ArrayList<>();
    BufferedReader lines = new BufferedReader(in);
    int number = 1;
    for (Optional<String> line = line(lines, number);
        line.isPresent();
        line = line(lines, number)) {
      if (number > MOST_LINES) {
        throw new IllegalArgumentException("there are more than %d lines".formatted(MOST_LINES));
      }
      try {
        incidents.add(parse(line.get()));
      } catch (IllegalArgumentException malformed) {
        throw new IllegalArgumentException(
            "line %d: %s".formatted(number, malformed.getMessage()), malformed);
      }
      number++;
    }
    return incidents;
  }

  /// The next line that has an end.
  private static Optional<String> line(BufferedReader in, int number) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return Optional.of(line.toString());
      }
      if (line.length() == MOST_LETTERS) {
        throw new IllegalArgumentException(
            "line %d: it has more than %d letters".formatted(number, MOST_LETTERS));
      }
      line.append((char) next);
    }
    return Optional.empty();
  }

  private static Incident parse(String line) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("expected {\"time\":…,\"entry\":…,\"phase\":…}");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
          throw new IllegalArgumentException(name + " is neither a text nor a whole number");
        }
        if (fields.put(name, json.getText()) != null) {
          throw new IllegalArgumentException(name + " is there twice");
        }
      }
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something stands behind the object");
      }
    } catch (IOException malformed) {
      throw new IllegalArgumentException("this is no JSON object", malformed);
    }
    String detail = Optional.ofNullable(fields.remove("detail")).orElse("");
    Incident incident =
        new Incident(
            whole(fields, "time", Long.MAX_VALUE),
            (int) whole(fields, "entry", Integer.MAX_VALUE),
            phase(take(fields, "phase")),
            Fault.parse(take(fields, "fault")).text(),
            detail);
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException("there is no field " + String.join(", ", fields.keySet()));
    }
    return incident;
  }

  private static String take(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.remove(name))
        .orElseThrow(() -> new IllegalArgumentException("%s is missing".formatted(name)));
  }

  private static long whole(Map<String, String> fields, String name, long most) {
    String text = take(fields, name);
    try {
      long number = WHOLE.matcher(text).matches() ? Long.parseLong(text) : -1;
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException tooBig) {
      // It is refused below.
    }
    throw new IllegalArgumentException(
        "%s is a whole number from 0 to %d, not %s".formatted(name, most, text));
  }

  private static Incident.Phase phase(String name) {
    return Arrays.stream(Incident.Phase.values())
        .filter(phase -> name(phase).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"%s\" is no phase; there are %s"
                    .formatted(
                        name,
                        String.join(
                            ", ",
                            Arrays.stream(Incident.Phase.values())
                                .map(IncidentLog::name)
                                .toList()))));
  }
}
