package dev.labrys.cluster.sim;

import dev.labrys.raft.Stored;

/// A server's disk: what it holds would survive a crash, and of that, what is synced the loss of
/// power.
public final class SimDisk {

  SimDisk() {}

  /// What a server would find now if its process ended.
  ///
  /// @throws IllegalStateException if something is damaged
  public Stored stored() {
    throw new UnsupportedOperationException();
  }

  /// What it would find if power were lost and every write under way with it.
  public Stored synced() {
    throw new UnsupportedOperationException();
  }

  /// Bytes of the log and of the snapshot together.
  public long bytes() {
    throw new UnsupportedOperationException();
  }

  /// Writes take `latency` from the next one on.
  public void latency(Delay latency) {
    throw new UnsupportedOperationException();
  }

  /// No write completes until [#resume].
  public void hang() {
    throw new UnsupportedOperationException();
  }

  /// Undoes [#hang].
  public void resume() {
    throw new UnsupportedOperationException();
  }

  /// Damages the stored entry at `index`: the server notices when it reads it, at its next start,
  /// and refuses to run.
  public void damageEntry(long index) {
    throw new UnsupportedOperationException();
  }

  /// Damages the stored term and vote.
  public void damageState() {
    throw new UnsupportedOperationException();
  }

  /// Damages the stored snapshot.
  public void damageSnapshot() {
    throw new UnsupportedOperationException();
  }

  public boolean isDamaged() {
    throw new UnsupportedOperationException();
  }

  /// Puts an empty disk in its place, of a server that knows of no cluster.
  public void replace() {
    throw new UnsupportedOperationException();
  }
}
