package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.Status;
import java.util.List;
import java.util.function.Consumer;

/// The shell around one replica: feeds it inputs, and performs its effects as [Effect] demands.
public final class SimServer {

  SimServer() {}

  public ServerId id() {
    throw new UnsupportedOperationException();
  }

  /// Whether it runs; a paused one does.
  public boolean isUp() {
    throw new UnsupportedOperationException();
  }

  public boolean isPaused() {
    throw new UnsupportedOperationException();
  }

  /// How often it has been started.
  public int starts() {
    throw new UnsupportedOperationException();
  }

  /// @throws IllegalStateException if it is down, as do all that follow
  public Replica replica() {
    throw new UnsupportedOperationException();
  }

  public Status status() {
    throw new UnsupportedOperationException();
  }

  public LogView log() {
    throw new UnsupportedOperationException();
  }

  public StateMachine machine() {
    throw new UnsupportedOperationException();
  }

  /// The last entry that its state machine has seen.
  public long applied() {
    throw new UnsupportedOperationException();
  }

  /// Asks it to execute `command`, from beside it: not over the network. `done` is told once, maybe
  /// before this returns.
  ///
  /// @return the place it has in the log if this server leads, else [LogPosition#ZERO]
  public LogPosition propose(Bytes command, Consumer<Answer> done) {
    throw new UnsupportedOperationException();
  }

  /// Asks it to answer `query`.
  public void read(Bytes query, Consumer<Answer> done) {
    throw new UnsupportedOperationException();
  }

  /// Asks it to make these servers the cluster.
  public void changeMembership(
      List<ServerId> voters, List<ServerId> learners, Consumer<Answer> done) {
    throw new UnsupportedOperationException();
  }

  /// Asks it to let `target` lead.
  public void transfer(ServerId target, Consumer<Answer> done) {
    throw new UnsupportedOperationException();
  }

  /// Gives it an account of the state machine as it is now, as if it had asked for one.
  public void takeSnapshot() {
    throw new UnsupportedOperationException();
  }

  /// Gives it `state` as an account of the state machine after entry `index`.
  public void takeSnapshot(long index, Bytes state) {
    throw new UnsupportedOperationException();
  }
}
