package dev.labrys.cluster.sim;

import dev.labrys.history.Event;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Stored;
import java.util.List;

/// Several observers, who are told one after the other.
final class Observers implements Observer {
  private final Observer[] all;

  Observers(List<Observer> all) {
    this.all = all.toArray(Observer[]::new);
  }

  @Override
  public void started(long timeNanos, ServerId server, Stored stored, Replica replica) {
    for (Observer observer : all) {
      observer.started(timeNanos, server, stored, replica);
    }
  }

  @Override
  public void stepped(
      long timeNanos, ServerId server, Input input, List<Effect> effects, Replica replica) {
    for (Observer observer : all) {
      observer.stepped(timeNanos, server, input, effects, replica);
    }
  }

  @Override
  public void performed(long timeNanos, ServerId server, Effect effect) {
    for (Observer observer : all) {
      observer.performed(timeNanos, server, effect);
    }
  }

  @Override
  public void crashed(long timeNanos, ServerId server) {
    for (Observer observer : all) {
      observer.crashed(timeNanos, server);
    }
  }

  @Override
  public void forgiven(long timeNanos, ServerId server, Promises promises) {
    for (Observer observer : all) {
      observer.forgiven(timeNanos, server, promises);
    }
  }

  @Override
  public void lost(long timeNanos, ServerId from, ServerId to, Message message, Loss reason) {
    for (Observer observer : all) {
      observer.lost(timeNanos, from, to, message, reason);
    }
  }

  @Override
  public void recorded(long timeNanos, Event event) {
    for (Observer observer : all) {
      observer.recorded(timeNanos, event);
    }
  }

  @Override
  public void fault(long timeNanos, String what) {
    for (Observer observer : all) {
      observer.fault(timeNanos, what);
    }
  }
}
