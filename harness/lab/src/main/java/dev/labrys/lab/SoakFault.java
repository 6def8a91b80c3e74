package dev.labrys.lab;

import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.RaftOptions.Reads;

/// Something that goes wrong in a soak run, or that somebody wants of the cluster at a bad time.
public enum SoakFault {
  /// A process ends.
  CRASH,
  /// A process ends between two effects, maybe of one step.
  CRASH_BETWEEN_EFFECTS,
  /// A server loses its power.
  POWER_LOSS,
  /// All servers lose their power.
  BLACKOUT,
  /// A process is stopped for a while, and does not notice.
  PAUSE,
  /// Timers are late.
  STALL_TIMERS,
  /// A server takes its time for every step.
  SLOW_SERVER,
  /// One server is cut off from all others.
  ISOLATE,
  /// One server hears the others and is not heard, or the other way round.
  DEAF_OR_DUMB,
  /// Servers are in two parts.
  SPLIT,
  /// Two parts have one server in common.
  BRIDGE,
  /// A link goes one way only, here and there.
  ONE_WAY_LINKS,
  /// Messages get lost, and come twice, late, and out of order.
  STORM,
  /// Clocks run faster or slower, by no more than leases allow for.
  CLOCK_DRIFT,
  /// A clock jumps ahead.
  CLOCK_JUMP,
  /// Writes take long.
  SLOW_DISK,
  /// Writes take forever, until they don't.
  HANGING_DISK,
  /// A server takes a snapshot that nobody asked for.
  SNAPSHOT,
  /// Somebody wants another server to lead.
  TRANSFER,
  /// Somebody wants other servers to be the cluster.
  CHANGE_MEMBERSHIP;

  /// Whether a correct cluster of this kind survives it.
  boolean isFair(int servers, RaftOptions raft) {
    return switch (this) {
      case CLOCK_JUMP -> raft.reads() != Reads.LEASE;
      // Without these, a server that was removed and does not know disturbs the others for ever.
      case CHANGE_MEMBERSHIP -> servers > 1 && (raft.hasPreVote() || raft.hasCheckQuorum());
      case TRANSFER, ISOLATE, DEAF_OR_DUMB, SPLIT, BRIDGE, ONE_WAY_LINKS -> servers > 1;
      default -> true;
    };
  }
}
