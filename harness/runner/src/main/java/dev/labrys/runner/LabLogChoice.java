package dev.labrys.runner;

import dev.labrys.cluster.sim.Topic;
import dev.labrys.lab.LogColumns;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/// What somebody wants to see of the log of a run.
///
/// @param nodes empty for all
record LabLogChoice(Set<Topic> topics, Set<ServerId> nodes, int width, LogColumns.Paint paint) {
  private static final Pattern NODE = Pattern.compile("[nN]?([1-9]\\d{0,3})");
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 10_000;

  /// Where nobody looks, or nobody knows how wide it is.
  private static final int USUAL_WIDTH = 120;

  /// Those that tell what servers decide, rather than what they do for it.
  private static final Set<Topic> USUAL_TOPICS =
      EnumSet.complementOf(EnumSet.of(Topic.TIMER, Topic.NET, Topic.DISK));

  /// @param width absent: that of the terminal
  static LabLogChoice of(
      Terminal terminal, List<String> topics, List<String> nodes, @Nullable Integer width) {
    int letters = width == null ? terminal.width().orElse(USUAL_WIDTH) : width;
    if (width != null && (letters < LEAST_WIDTH || letters > MOST_WIDTH)) {
      throw CommandFailure.usage(
          "--width is from %d to %,d, not %d".formatted(LEAST_WIDTH, MOST_WIDTH, letters));
    }
    return new LabLogChoice(
        topics(topics),
        nodes(nodes),
        Math.clamp(letters, LEAST_WIDTH, MOST_WIDTH),
        terminal.isColourful() ? LogColumns.Paint.COLOURED : LogColumns.Paint.PLAIN);
  }

  private static Set<Topic> topics(List<String> names) {
    if (names.isEmpty()) {
      return USUAL_TOPICS;
    }
    EnumSet<Topic> topics = EnumSet.noneOf(Topic.class);
    for (String name : names) {
      if (name.toLowerCase(Locale.ROOT).equals("all")) {
        topics.addAll(EnumSet.allOf(Topic.class));
      } else {
        topics.add(topic(name));
      }
    }
    return topics;
  }

  private static Topic topic(String name) {
    try {
      return Choice.among(Topic.values(), name);
    } catch (TypeConversionException unknown) {
      throw CommandFailure.usage("--topics: " + Diagnosis.messageOf(unknown));
    }
  }

  private static Set<ServerId> nodes(List<String> names) {
    Set<ServerId> nodes = new TreeSet<>();
    for (String name : names) {
      Matcher node = NODE.matcher(name);
      if (!node.matches()) {
        throw CommandFailure.usage("--nodes: '%s' is not a server; n1 is one".formatted(name));
      }
      nodes.add(new ServerId(Integer.parseInt(node.group(1))));
    }
    return nodes;
  }

  /// How it is shown for a cluster of `servers`.
  LogColumns.Layout layout(int servers) {
    List<ServerId> shown = new ArrayList<>();
    for (int number = 1; number <= servers; number++) {
      ServerId server = new ServerId(number);
      if (nodes.isEmpty() || nodes.contains(server)) {
        shown.add(server);
      }
    }
    nodes.stream()
        .filter(node -> node.number() > servers)
        .findFirst()
        .ifPresent(node -> {
          throw CommandFailure.usage(
              "--nodes: there is no %s: this test has %d servers".formatted(node, servers));
        });
    return new LogColumns.Layout(shown, topics, width, paint);
  }
}
