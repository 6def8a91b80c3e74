package dev.labrys.cluster.sim;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A server's disk: what was handed to it survives the end of the server, and of that, what is
/// synced survives the loss of power.
public final class SimDisk {
  private final Agenda agenda;
  private final Fsync fsync;
  private final RandomGenerator random;
  private final long flushNanos;
  private final Actor finishing = this::finish;
  private final Actor flushing = this::flush;
  private final Actor failing = this::fail;
  private Delay latency;
  private Consumer<List<Effect>> onWritten = _ -> {};
  private Runnable onFailed = () -> {};
  private final Stored first;
  private DiskImage synced;

  /// As it was when a server was last started with it.
  private DiskImage opened;

  /// Written, but still in the memory of the operating system.
  private final ArrayDeque<Effect> cached = new ArrayDeque<>();

  /// Being written and synced, one after the other.
  private List<Effect> underWay = List.of();

  /// Tells the write under way from one that was under way when the server ended.
  private long write;

  /// How much longer than usual a write takes.
  private long slowness;

  private boolean isInUse;
  private boolean isFull;
  private boolean isHanging;
  private boolean isOverdue;

  SimDisk(Agenda agenda, DiskProfile profile, Fsync fsync, RandomGenerator random, Stored content) {
    this.agenda = agenda;
    this.fsync = fsync;
    this.random = random;
    this.flushNanos = profile.flushNanos();
    this.latency = profile.latency();
    this.first = content;
    this.synced = new DiskImage(content);
    this.opened = synced.copy();
  }

  /// A server starts with what it holds.
  ///
  /// @throws IllegalStateException if something is damaged, saying what
  Stored open() {
    Stored content = stored();
    opened = image();
    isInUse = true;
    return content;
  }

  /// Who is told of writes that are done, and of one that failed.
  void listen(Consumer<List<Effect>> written, Runnable failed) {
    onWritten = written;
    onFailed = failed;
  }

  /// Writes `writes` in this order, and tells when it is done. One call at a time.
  ///
  /// @return whether it is done already, since nobody waits for a sync; then nothing is told
  boolean write(List<Effect> writes) {
    if (isFull) {
      agenda.plan(agenda.now(), failing, ++write, null);
      return false;
    }
    if (fsync == Fsync.NEVER) {
      if (cached.isEmpty()) {
        agenda.plan(agenda.now() + flushNanos, flushing, 0, null);
      }
      cached.addAll(writes);
      return true;
    }
    underWay = writes;
    agenda.plan(agenda.now() + latency.draw(random) + slowness, finishing, ++write, null);
    return false;
  }

  private void finish(long finished, @Nullable Object nothing) {
    if (finished != write || underWay.isEmpty()) {
      return;
    }
    if (isHanging) {
      isOverdue = true;
      return;
    }
    List<Effect> done = underWay;
    underWay = List.of();
    for (Effect effect : done) {
      synced.write(effect);
    }
    onWritten.accept(done);
  }

  private void fail(long failed, @Nullable Object nothing) {
    if (failed == write && isInUse) {
      onFailed.run();
    }
  }

  private void flush(long unused, @Nullable Object nothing) {
    cached.forEach(synced::write);
    cached.clear();
  }

  /// The server has ended. The operating system goes on with what it was given; of a write under
  /// way it was given some, or all, or nothing.
  void endServer() {
    if (!underWay.isEmpty()) {
      writeSome(underWay, Dice.between(random, 0, records(underWay)));
    }
    forgetWrite();
  }

  /// Power is lost, and what was not synced with it – or most of it: a disk is free to have written
  /// more than it was asked for, from the beginning on.
  void losePower() {
    List<Effect> writes = new ArrayList<>(cached);
    writes.addAll(underWay);
    if (!writes.isEmpty() && Dice.below(random, 2) == 0) {
      writeSome(writes, Dice.between(random, 0, records(writes)));
    }
    cached.clear();
    forgetWrite();
  }

  private static long records(List<Effect> writes) {
    long records = 0;
    for (Effect effect : writes) {
      records += DiskImage.records(effect);
    }
    return records;
  }

  /// A record that is cut off is dropped by its checksum, and counts as not written.
  private void writeSome(List<Effect> writes, long records) {
    long left = records;
    for (Effect effect : writes) {
      int part = (int) Math.min(left, DiskImage.records(effect));
      synced.write(effect, part);
      left -= part;
    }
  }

  private void forgetWrite() {
    underWay = List.of();
    isOverdue = false;
    isInUse = false;
    write++;
  }

  /// What a server would find if the one that runs had ended.
  ///
  /// @throws IllegalStateException if something is damaged, saying what
  public Stored stored() {
    return cached.isEmpty() ? synced.stored() : image().stored();
  }

  /// A copy of all that a server would find.
  DiskImage image() {
    DiskImage all = synced.copy();
    cached.forEach(all::write);
    return all;
  }

  /// Lets a server that is down find this, and nothing else, synced.
  void restore(DiskImage content) {
    requireNotInUse();
    synced = content.copy();
    cached.clear();
    forgetWrite();
  }

  /// Lets a server that is down find what it found when it was first started.
  void wipe() {
    restore(new DiskImage(first));
  }

  /// Lets a server that is down find what it found when it was last started.
  void rollBack() {
    restore(opened);
  }

  /// Harms a part of what a server that is down is to find.
  void damage(NodeFiles.Part part, NodeFiles.Harm harm) {
    DiskImage all = image();
    all.damage(part, harm);
    restore(all);
  }

  private void requireNotInUse() {
    if (isInUse) {
      throw new IllegalStateException("a disk is not replaced while its server is up");
    }
  }

  /// What it would find if power had been lost, and nothing more written than was synced.
  ///
  /// @throws IllegalStateException if something is damaged, saying what
  public Stored synced() {
    return synced.stored();
  }

  /// Bytes of what is synced, the snapshot aside.
  public long logBytes() {
    return synced.logBytes();
  }

  /// Bytes of the snapshot that is synced.
  public long snapshotBytes() {
    return synced.snapshotBytes();
  }

  /// Writes take `latency` from the next one on.
  public void latency(Delay latency) {
    this.latency = latency;
  }

  /// Writes take longer by `nanos` from the next one on.
  void slowDown(long nanos) {
    slowness = nanos;
  }

  /// No write completes until [#resume].
  public void hang() {
    isHanging = true;
  }

  /// Undoes [#hang].
  public void resume() {
    isHanging = false;
    if (isOverdue) {
      isOverdue = false;
      agenda.plan(agenda.now(), finishing, write, null);
    }
  }

  /// Has no room any more: the next write fails, and its server ends, as it can't do its duty.
  public void fill() {
    isFull = true;
  }

  /// Undoes [#fill].
  public void makeRoom() {
    isFull = false;
  }

  /// Damages the synced entry at `index`. The server notices when it reads it, which is when it
  /// starts, and refuses to run.
  ///
  /// @throws IllegalArgumentException if there is none
  public void damageEntry(long index) {
    synced.damageEntry(index);
  }

  /// Damages the synced term and vote, until they are next written.
  public void damageState() {
    synced.damageState();
  }

  /// Damages the synced snapshot, until the next one is written.
  public void damageSnapshot() {
    synced.damageSnapshot();
  }

  public boolean isDamaged() {
    return synced.isDamaged();
  }

  /// Puts an empty disk in its place, of a server that knows of no cluster.
  ///
  /// @throws IllegalStateException if its server is up
  public void replace() {
    restore(new DiskImage(Stored.initial(Configuration.NONE)));
  }
}
