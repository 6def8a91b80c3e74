package dev.labrys.raft;

import java.util.List;

/// What a server wants done.
///
/// The order is a contract. Effects are performed in the order of their lists, and lists in the
/// order of the steps that gave them. An effect is not begun before every [Persist] and
/// [SaveSnapshot] ahead of it would survive the loss of power – with two exceptions, [SendAtOnce]
/// and [SetTimer], which never wait. So nobody can answer before it has written, and a crash may
/// come between any two effects.
public sealed interface Effect {

  /// Write this. `entries` replace whatever the stored log has at the first's index and after it;
  /// none leave it as it is. When it would survive the loss of power, [Input.Persisted] is given.
  record Persist(HardState state, List<Entry> entries) implements Effect {
    public Persist {
      entries = List.copyOf(entries);
    }
  }

  /// Write this snapshot in place of the stored one. Of the stored log, remove all that it
  /// replaces; and if the entry at its position is not there, remove all the rest too (Figure 13).
  record SaveSnapshot(Snapshot snapshot) implements Effect {}

  /// Send this. It may get lost.
  record Send(ServerId to, Message message) implements Effect {}

  /// Send this without waiting for what is not written yet. What a leader sends to have entries
  /// copied: its own copy may as well come last (thesis §10.2.1).
  record SendAtOnce(ServerId to, Message message) implements Effect {}

  /// Give this entry to the state machine, and what that says to `request`. Every committed entry
  /// is applied once, in order; those that hold no command leave the machine as it is.
  record Apply(Entry entry, RequestId request) implements Effect {}

  /// Ask the state machine as it is now, and give what it says to `request`.
  record Query(RequestId request, Bytes query) implements Effect {}

  /// Make the state machine what the snapshot says.
  record Restore(Snapshot snapshot) implements Effect {}

  /// The log has grown: let the state machine give an account of itself some time soon, as
  /// [Input.SnapshotTaken].
  record TakeSnapshot() implements Effect {}

  /// Answer `request`, which has nothing to do with the state machine or did not get there.
  record Answer(RequestId request, Response response) implements Effect {}

  /// Give [Input.TimerFired] at `atNanos` of the server's own clock. There is one timer; this
  /// replaces what it was set to.
  record SetTimer(long atNanos) implements Effect {}
}
