package dev.labrys.lab;

import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.Topic;
import dev.labrys.cluster.sim.TraceSink;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The end of what happened in a run, as far as somebody has to know who wonders why it failed:
/// terms, votes, leaders, commits and faults; and how the servers are left.
final class Story implements TraceSink {
  private static final int MOST_LINES = 30;
  private static final Set<Topic> TOLD =
      EnumSet.of(Topic.TERM, Topic.VOTE, Topic.LEAD, Topic.COMMIT, Topic.FAULT);

  private final Deque<Line> lines = new ArrayDeque<>();
  private boolean isCut;

  private record Line(long timeNanos, ServerId server, Topic topic, String text) {

    /// Of a server's commits with nothing else between, the last one says it all.
    boolean isOutdoneBy(Line later) {
      return topic == Topic.COMMIT && later.topic == Topic.COMMIT && server.equals(later.server);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "  %11.6f  %-6s  %-7s %s%n",
          timeNanos / 1e9,
          topic,
          server.equals(ServerId.NOBODY) ? "" : server,
          text);
    }
  }

  @Override
  public void line(long timeNanos, ServerId server, Topic topic, String text) {
    if (!TOLD.contains(topic)) {
      return;
    }
    Line line = new Line(timeNanos, server, topic, text);
    Iterator<Line> latest = lines.descendingIterator();
    while (latest.hasNext()) {
      Line before = latest.next();
      if (before.topic() != Topic.COMMIT) {
        break;
      }
      if (before.isOutdoneBy(line)) {
        latest.remove();
        break;
      }
    }
    lines.addLast(line);
    if (lines.size() > MOST_LINES) {
      lines.removeFirst();
      isCut = true;
    }
  }

  /// In lines, with the servers of `simulation` as they are now.
  String text(@Nullable Simulation simulation) {
    StringBuilder text = new StringBuilder();
    if (isCut) {
      text.append("  …\n");
    }
    lines.forEach(text::append);
    if (simulation != null) {
      text.append("  In the end:\n");
      for (ServerId id : simulation.servers()) {
        text.append(state(simulation, simulation.server(id)));
      }
    }
    return text.toString();
  }

  private static String state(Simulation simulation, SimServer server) {
    if (!server.isUp()) {
      return "  %-4s down%n".formatted(server.id());
    }
    Status status = server.status();
    return "  %-4s %-13s term %d, log %s, committed %d, applied %d%s%n"
        .formatted(
            server.id(),
            status.role().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            status.term(),
            status.last(),
            status.commitIndex(),
            status.lastApplied(),
            simulation.network().isIsolated(server.id()) ? ", cut off" : "");
  }
}
