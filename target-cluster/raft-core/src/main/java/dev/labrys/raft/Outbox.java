package dev.labrys.raft;

import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SetTimer;
import java.util.ArrayList;
import java.util.List;

/// The effects of a step, as they come about.
///
/// What is to be written is gathered, and put ahead of the first effect that tells anybody: so no
/// role can answer before it has written, and one step writes once.
final class Outbox {
  private List<Effect> effects = new ArrayList<>();
  private HardState state;
  private boolean isStateNew;
  private final List<Entry> entries = new ArrayList<>();
  private long timerNanos = Long.MAX_VALUE;

  Outbox(HardState stored) {
    this.state = stored;
  }

  /// What was or will be written last.
  HardState state() {
    return state;
  }

  void write(HardState newState) {
    state = newState;
    isStateNew = true;
  }

  void write(List<Entry> newEntries) {
    if (!entries.isEmpty() && entries.getLast().index() + 1 != newEntries.getFirst().index()) {
      flush();
    }
    entries.addAll(newEntries);
  }

  private void flush() {
    if (isStateNew || !entries.isEmpty()) {
      effects.add(new Persist(state, entries));
      isStateNew = false;
      entries.clear();
    }
  }

  /// `effect` happens after all that was written so far.
  void add(Effect effect) {
    flush();
    effects.add(effect);
  }

  void send(ServerId to, Message message) {
    add(new Effect.Send(to, message));
  }

  void sendAtOnce(ServerId to, Message message) {
    effects.add(new Effect.SendAtOnce(to, message));
  }

  void refuse(RequestId request, Response.Refusal refusal, ServerId leader) {
    add(new Effect.Answer(request, new Response.Refused(refusal, leader)));
  }

  /// Ends the step.
  ///
  /// @param deadlineNanos when the server wants to be woken; never if it is the largest number
  List<Effect> drain(long deadlineNanos) {
    flush();
    if (deadlineNanos != timerNanos) {
      timerNanos = deadlineNanos;
      effects.add(new SetTimer(deadlineNanos));
    }
    List<Effect> done = effects;
    effects = new ArrayList<>();
    return done;
  }
}
