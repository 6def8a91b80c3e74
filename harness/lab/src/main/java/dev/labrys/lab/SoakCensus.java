package dev.labrys.lab;

import dev.labrys.cluster.sim.Observer;
import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Stored;
import java.util.HashMap;
import java.util.Map;

/// Counts what happens in a soak run, and keeps the history of its clients.
final class SoakCensus implements Observer {
  private final HistoryBuilder history = new HistoryBuilder();
  private final Map<ServerId, Long> startedFrom = new HashMap<>();
  private long faults;
  private long starts;
  private long lastTerm;
  private long leaders;
  private long lastMembership;
  private long memberships;
  private long installed;
  private long saved;

  @Override
  public void started(long timeNanos, ServerId server, Stored stored, Replica replica) {
    starts++;
    startedFrom.put(server, stored.snapshot().last().index());
  }

  @Override
  public void performed(long timeNanos, ServerId server, Effect effect) {
    switch (effect) {
      case Effect.SendAtOnce(ServerId _, Message.AppendEntries append) -> {
        if (append.term() > lastTerm) {
          lastTerm = append.term();
          leaders++;
        }
      }
      case Effect.Apply apply -> {
        long index = apply.entry().index();
        if (apply.entry().content() instanceof Content.Membership && index > lastMembership) {
          lastMembership = index;
          memberships++;
        }
      }
      case Effect.SaveSnapshot _ -> saved++;
      case Effect.Restore restore -> {
        if (restore.snapshot().last().index() > startedFrom.getOrDefault(server, 0L)) {
          installed++;
        }
      }
      default -> {}
    }
  }

  @Override
  public void recorded(long timeNanos, Event event) {
    history.add(event);
  }

  /// What clients know.
  History history() {
    return history.build();
  }

  @Override
  public void fault(long timeNanos, String what) {
    faults++;
  }

  /// How often something began to go wrong, was healed, or was wanted.
  long faults() {
    return faults;
  }

  /// How often servers were started.
  long starts() {
    return starts;
  }

  /// How many terms had a leader that spoke to anybody.
  long leaders() {
    return leaders;
  }

  /// How many changes of the cluster were committed; it takes two to get from one to another.
  long memberships() {
    return memberships;
  }

  /// How many snapshots came from a leader.
  long installed() {
    return installed;
  }

  /// How many snapshots were stored, those from a leader included.
  long saved() {
    return saved;
  }
}
