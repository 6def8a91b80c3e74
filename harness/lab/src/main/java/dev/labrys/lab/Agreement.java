package dev.labrys.lab;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;

/// The labs' `one`: a command that some servers are to agree on.
///
/// Each attempt hands the command to the first connected server that believes to lead, and waits
/// for it to be applied for up to 2 seconds. All attempts together have 10 seconds. Somebody has to
/// call [#poll] every [#POLL_MILLIS].
final class Agreement {
  static final long POLL_MILLIS = 20;

  private static final long ALL_MILLIS = 10_000;
  private static final long ATTEMPT_MILLIS = 2_000;
  private static final long LEADERLESS_MILLIS = 60;
  private static final long NOT_YET = -1;

  private final RaftLab lab;
  private final Bytes command;
  private final int servers;
  private final Retry retry;
  private final long begunMillis;
  private int nextServer;

  private long index = NOT_YET;
  private Wait wait = Wait.FOR_A_LEADER;
  private long waitUntilMillis;
  private LogPosition place = LogPosition.ZERO;
  private ServerId leader = ServerId.NOBODY;
  private int attempts;

  /// Whether to start a command again that was not applied in time.
  enum Retry {
    NEVER,
    ALWAYS
  }

  private enum Wait {
    FOR_A_LEADER,
    FOR_THE_COMMAND
  }

  /// @param servers how many must apply the command
  /// @param firstServer whom to ask first, counted from 0
  Agreement(RaftLab lab, Bytes command, int servers, Retry retry, int firstServer) {
    this.lab = lab;
    this.command = command;
    this.servers = servers;
    this.retry = retry;
    this.nextServer = firstServer;
    this.begunMillis = lab.nowMillis();
  }

  boolean isReached() {
    return index != NOT_YET;
  }

  /// Where the command was agreed on.
  long index() {
    return index;
  }

  /// Looks whether it is reached, and goes on if not.
  ///
  /// @throws LabFailure if it can't be reached in time
  void poll() {
    if (isReached()) {
      return;
    }
    long now = lab.nowMillis();
    if (wait == Wait.FOR_THE_COMMAND) {
      look(now);
    }
    if (wait == Wait.FOR_A_LEADER) {
      if (now - begunMillis >= ALL_MILLIS) {
        throw new LabFailure(complaint(ALL_MILLIS));
      }
      start(now);
    }
  }

  private void look(long now) {
    Applied applied = lab.applied();
    if (applied.servers(place.index()) >= servers && applied.isAt(place.index(), command)) {
      index = place.index();
    } else if (now >= waitUntilMillis) {
      if (retry == Retry.NEVER) {
        throw new LabFailure(complaint(ATTEMPT_MILLIS));
      }
      wait = Wait.FOR_A_LEADER;
    }
  }

  private void start(long now) {
    if (attempts == 0 && now < waitUntilMillis) {
      return;
    }
    for (int i = 0; i < lab.size(); i++) {
      ServerId server = lab.server(nextServer++);
      LogPosition started = lab.isConnected(server) ? lab.start(server, command) : LogPosition.ZERO;
      if (!started.equals(LogPosition.ZERO)) {
        attempts++;
        place = started;
        leader = server;
        wait = Wait.FOR_THE_COMMAND;
        waitUntilMillis = now + ATTEMPT_MILLIS;
        return;
      }
    }
    waitUntilMillis = now + LEADERLESS_MILLIS;
  }

  private String complaint(long millis) {
    String what =
        "%s did not agree on %s within %d s"
            .formatted(RaftLab.servers(servers), command, millis / 1_000);
    if (attempts == 0) {
      return what + ": no connected server led";
    }
    Applied applied = lab.applied();
    String found =
        place.index() > applied.last()
            ? "nothing was applied there"
            : "%s applied %s there"
                .formatted(
                    RaftLab.servers(applied.servers(place.index())),
                    RaftLab.shown(applied.content(place.index())));
    return "%s: started %s, the last time by %s as entry %s, and %s"
        .formatted(what, attempts == 1 ? "once" : attempts + " times", leader, place, found);
  }
}
