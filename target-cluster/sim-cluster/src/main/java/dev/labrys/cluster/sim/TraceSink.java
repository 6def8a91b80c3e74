package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.function.Consumer;

/// Takes the lines of a trace.
@FunctionalInterface
public interface TraceSink {

  /// One thing that happened.
  ///
  /// @param server where, [ServerId#NOBODY] if at none
  void line(long timeNanos, ServerId server, Topic topic, String text);

  /// Hands each line to `lines` as text: the time in seconds, the server, the topic, and what
  /// happened. The same trace makes the same text everywhere.
  static TraceSink text(Consumer<String> lines) {
    return (timeNanos, server, topic, text) ->
        lines.accept(
            MessageText.say(
                "%d.%09d %s %s %s",
                timeNanos / SECOND,
                timeNanos % SECOND,
                server.equals(ServerId.NOBODY) ? "-" : server,
                topic,
                text));
  }

  /// In nanoseconds.
  long SECOND = 1_000_000_000L;
}
