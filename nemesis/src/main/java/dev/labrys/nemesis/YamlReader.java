package dev.labrys.nemesis;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML document of limited size and depth, without anchors, aliases, tags and objects:
/// what is long is long in the file.
final class YamlReader {

  /// More letters than this are refused.
  static final int MOST_LETTERS = 1_000_000;

  /// Parts within parts deeper than this are refused.
  static final int MOST_DEPTH = 50;

  private final Iterator<Event> events;

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /// The document that `text` is.
  ///
  /// @throws IllegalArgumentException naming the line that can't be read
  static Yaml read(String text) {
    if (text.length() > MOST_LETTERS) {
      throw new IllegalArgumentException(
          "it has %d letters, where %d are read".formatted(text.length(), MOST_LETTERS));
    }
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MOST_LETTERS + 1).build();
    try {
      return new YamlReader(new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException unreadable) {
      throw new IllegalArgumentException(
          "line %d: this is no YAML: %s"
              .formatted(
                  unreadable.getProblemMark().map(YamlReader::line).orElse(1),
                  unreadable.getProblem()),
          unreadable);
    } catch (YamlEngineException unreadable) {
      throw new IllegalArgumentException("this is no YAML: " + unreadable.getMessage(), unreadable);
    }
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static int line(Event event) {
    return event.getStartMark().map(YamlReader::line).orElse(1);
  }

  private Yaml document() {
    Event first = events.next();
    while (first.getEventId() == Event.ID.StreamStart
        || first.getEventId() == Event.ID.DocumentStart) {
      first = events.next();
    }
    if (first.getEventId() == Event.ID.StreamEnd) {
      throw Yaml.wrong(1, "there is nothing in it");
    }
    Yaml whole = part(first, MOST_DEPTH);
    while (events.hasNext()) {
      Event rest = events.next();
      if (rest.getEventId() == Event.ID.DocumentStart) {
        throw Yaml.wrong(line(rest), "there is a second document");
      }
    }
    return whole;
  }

  private Yaml part(Event start, int depth) {
    int line = line(start);
    if (depth == 0) {
      throw Yaml.wrong(line, "this is more than %d deep".formatted(MOST_DEPTH));
    }
    if (start instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw Yaml.wrong(line, "anchors and aliases (& and *) are not read here");
    }
    if (start instanceof CollectionStartEvent collection && collection.getTag().isPresent()) {
      throw tag(line, collection.getTag().get());
    }
    return switch (start.getEventId()) {
      case Scalar -> text(start);
      case SequenceStart -> items(line, depth);
      case MappingStart -> fields(line, depth);
      case Alias,
          Comment,
          DocumentEnd,
          DocumentStart,
          MappingEnd,
          SequenceEnd,
          StreamEnd,
          StreamStart ->
          throw new IllegalStateException(start.toString());
    };
  }

  private static Yaml.Text text(Event event) {
    if (event instanceof ScalarEvent scalar) {
      if (scalar.getTag().isPresent()) {
        throw tag(line(event), scalar.getTag().get());
      }
      return new Yaml.Text(line(event), scalar.getValue());
    }
    throw Yaml.wrong(line(event), "a name is a single word");
  }

  private static IllegalArgumentException tag(int line, String tag) {
    return Yaml.wrong(line, "tags (%s) are not read here".formatted(tag));
  }

  private Yaml items(int line, int depth) {
    List<Yaml> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(part(next, depth - 1));
    }
    return new Yaml.Items(line, items);
  }

  private Yaml fields(int line, int depth) {
    Map<String, Yaml> fields = new LinkedHashMap<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      Yaml.Text name = text(next);
      if (fields.put(name.text(), part(events.next(), depth - 1)) != null) {
        throw name.wrong("%s is there twice".formatted(name.text()));
      }
    }
    return new Yaml.Fields(line, fields);
  }
}
