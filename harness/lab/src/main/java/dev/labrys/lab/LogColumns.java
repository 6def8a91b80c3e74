package dev.labrys.lab;

import dev.labrys.cluster.sim.Topic;
import dev.labrys.cluster.sim.TraceSink;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// Shows what happens in a simulation with a column for each server, so that it can be read down
/// one server, and across all of them.
///
/// A line has the time in seconds, the topic, and a text in the column of the server it is about;
/// what is nobody's in particular goes across. Texts too long for their column are broken. If
/// columns would be too narrow, each line names its server instead.
public final class LogColumns implements TraceSink {
  private static final int LEAST_COLUMN = 18;
  private static final int BEFORE_COLUMNS = "123.456789 COMMIT ".length();
  private static final String RESET = "\u001b[0m";

  private final Layout layout;
  private final Consumer<String> out;

  /// What to show, and how.
  ///
  /// @param servers who gets a column, in this order
  /// @param topics what lines are shown
  /// @param width of the whole, in letters
  public record Layout(List<ServerId> servers, Set<Topic> topics, int width, Paint paint) {
    public Layout {
      servers = List.copyOf(servers);
      topics = Set.copyOf(topics);
      if (servers.isEmpty() || topics.isEmpty()) {
        throw new IllegalArgumentException("a log needs servers and topics to show");
      }
    }

    /// How wide a column is, with the space after it.
    int column() {
      return (width - BEFORE_COLUMNS) / servers.size();
    }

    boolean hasColumns() {
      return column() >= LEAST_COLUMN;
    }
  }

  /// Whether topics have colours.
  public enum Paint {
    PLAIN,
    COLOURED
  }

  /// Shows lines, each with its end, to `out`.
  public LogColumns(Layout layout, Consumer<String> out) {
    this.layout = layout;
    this.out = out;
  }

  /// The names above the columns.
  public void head() {
    if (layout.hasColumns()) {
      StringBuilder head = new StringBuilder(" ".repeat(BEFORE_COLUMNS));
      for (ServerId server : layout.servers()) {
        head.append(padded(server.toString(), layout.column()));
      }
      out.accept(head.toString().stripTrailing() + "\n");
    }
  }

  @Override
  public void line(long timeNanos, ServerId server, Topic topic, String text) {
    boolean isEverybodys = server.equals(ServerId.NOBODY);
    boolean isShown = isEverybodys || layout.servers().contains(server);
    if (!isShown || !layout.topics().contains(topic)) {
      return;
    }
    String start = String.format(Locale.ROOT, "%10.6f %-6s ", timeNanos / 1e9, topic);
    if (isEverybodys) {
      out.accept(start + painted(topic, "— " + text) + "\n");
    } else if (layout.hasColumns()) {
      inColumn(start, layout.servers().indexOf(server) * layout.column(), topic, text);
    } else {
      out.accept(start + painted(topic, "%-3s %s".formatted(server, text)) + "\n");
    }
  }

  private void inColumn(String start, int indent, Topic topic, String text) {
    String before = start + " ".repeat(indent);
    for (String piece : broken(text, layout.column() - 1)) {
      out.accept(before + painted(topic, piece) + "\n");
      before = " ".repeat(BEFORE_COLUMNS + indent);
    }
  }

  /// `text` in pieces of at most `width` letters, broken at spaces where there are any.
  static List<String> broken(String text, int width) {
    List<String> pieces = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    pieces.add(rest);
    return pieces;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private String painted(Topic topic, String text) {
    return layout.paint() == Paint.PLAIN ? text : "\u001b[" + colour(topic) + "m" + text + RESET;
  }

  private static String colour(Topic topic) {
    return switch (topic) {
      case TERM -> "35";
      case VOTE -> "33";
      case LEAD -> "1;32";
      case LOG -> "36";
      case COMMIT -> "34";
      case APPLY -> "94";
      case SNAP -> "95";
      case TIMER -> "90";
      case NET -> "2";
      case DISK -> "90";
      case CLIENT -> "96";
      case FAULT -> "1;31";
    };
  }
}
