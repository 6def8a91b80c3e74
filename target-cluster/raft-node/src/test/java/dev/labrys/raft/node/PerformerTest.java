package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.Message;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The order in which effects are performed, and what the disk has to do with it.
final class PerformerTest {
  private static final ServerId SELF = new ServerId(1);
  private static final ServerId PEER = new ServerId(2);
  private static final HardState STATE = new HardState(1, SELF);

  private static final TroubledFiles.Trouble FULL =
      new TroubledFiles.Trouble(TroubledFiles.Kind.FULL, 0);

  /// So slow that nothing is forced in time, unless it is over; a test that fails ends
  /// nevertheless.
  private static final TroubledFiles.Trouble SLOW =
      new TroubledFiles.Trouble(TroubledFiles.Kind.SOUND, Await.PATIENCE);

  private final MemoryFiles memory = new MemoryFiles(new Seed(1).stream("disk"));
  private final TroubledFiles files = new TroubledFiles(memory);
  private final BlockingQueue<Performed> done = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();

  @Test
  void effectsComeBackInTheirOrder() throws Exception {
    try (Storage storage = open();
        Performer performer = performer(storage)) {
      performer.perform(
          effects(append(1), new Effect.Send(PEER, new Message.TimeoutNow(1)), append(2)));
      performer.start();

      assertThat(List.of(next(), next(), next()))
          .containsExactly(
              new Performed.Written(append(1)),
              new Performed.Free(PEER, new Message.TimeoutNow(1)),
              new Performed.Written(append(2)));
    }
  }

  @Test
  void allThatHasGatheredIsForcedOnce() throws Exception {
    try (Storage storage = open()) {
      try (Performer first = performer(storage)) {
        first.perform(effects(append(1)));
        first.start();
      }
      long before = memory.forces();

      try (Performer second = performer(storage)) {
        for (int i = 2; i <= 100; i++) {
          second.perform(effects(append(i)));
        }
        second.start();
      }

      assertThat(done).hasSize(100);
      assertThat(memory.forces() - before).isEqualTo(1);
    }
  }

  @Test
  void whatHasNothingToWriteAheadOfItDoesNotWait() throws Exception {
    try (Storage storage = open();
        Performer performer = performer(storage)) {
      files.have(SLOW);
      performer.perform(
          effects(
              new Effect.Send(PEER, new Message.TimeoutNow(1)),
              append(1),
              new Effect.Send(PEER, new Message.TimeoutNow(2))));
      performer.start();

      assertThat(next()).isEqualTo(new Performed.Free(PEER, new Message.TimeoutNow(1)));
      assertThat(done).isEmpty();

      files.have(TroubledFiles.Trouble.NONE);
      assertThat(next()).isEqualTo(new Performed.Written(append(1)));
      assertThat(next()).isEqualTo(new Performed.Free(PEER, new Message.TimeoutNow(2)));
    }
  }

  @Test
  void whatIsQuickIsDoneAtOnceUnlessAWriteIsAheadOfIt() throws Exception {
    Effect send = new Effect.Send(PEER, new Message.TimeoutNow(1));
    Performed sent = new Performed.Free(PEER, new Message.TimeoutNow(1));
    try (Storage storage = open();
        Performer performer = performer(storage)) {
      performer.start();
      Await.until("it has nothing to do", () -> !perform(performer, send).isEmpty());
      done.clear();
      assertThat(perform(performer, send, append(1), send)).containsExactly(sent);
      assertThat(List.of(next(), next())).containsExactly(new Performed.Written(append(1)), sent);

      files.have(SLOW);
      assertThat(perform(performer, append(2))).isEmpty();
      assertThat(perform(performer, send)).isEmpty();

      files.have(TroubledFiles.Trouble.NONE);
    }
    assertThat(done).containsExactly(new Performed.Written(append(2)), sent);
  }

  private static List<Performed> perform(Performer performer, Effect... effects) {
    try {
      return performer.perform(effects(effects));
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  @Test
  void nothingHappensAfterAWriteThatFailed() throws Exception {
    try (Storage storage = open();
        Performer performer = performer(storage)) {
      files.have(FULL);
      performer.perform(effects(append(1), new Effect.Send(PEER, new Message.TimeoutNow(1))));
      performer.start();

      Throwable why = broken.poll(Await.PATIENCE, TimeUnit.NANOSECONDS);
      assertThat(why).isInstanceOf(IOException.class).hasMessageContaining("No space left");
      files.have(TroubledFiles.Trouble.NONE);
      performer.perform(effects(append(2)));
    }

    assertThat(done).isEmpty();
  }

  @Test
  void whatIsLeftIsPerformedBeforeItEnds() throws Exception {
    try (Storage storage = open();
        Performer performer = performer(storage)) {
      performer.perform(effects(append(1)));
      performer.start();
    }

    assertThat(done).containsExactly(new Performed.Written(append(1)));
  }

  @Test
  void aSnapshotIsOfTheLastEntryApplied() throws Exception {
    try (Storage storage = open();
        Performer performer = performer(storage)) {
      Entry third = new Entry(3, 1, new Content.Noop());
      performer.perform(
          effects(new Effect.Apply(third, RequestId.NOBODY), new Effect.TakeSnapshot()));
      performer.start();

      assertThat(next()).isEqualTo(new Performed.Described(3, new Store().snapshot()));
    }
  }

  @Test
  void muchIsFollowedByASnapshotThatNobodyAskedFor() throws Exception {
    assertThat(described(Bytes.of("short"), 5, 11, 12, 21, 23)).containsExactly(11L, 22L);
  }

  @Test
  void aLongSnapshotIsNotFollowedByTheNextOneSoon() throws Exception {
    Bytes twice = Bytes.copyOf(new byte[(int) (2 * Performer.MOST_LOG_BYTES)]);

    assertThat(described(twice, 11, 22, 31, 32)).containsExactly(11L, 32L);
  }

  /// After which entries a state machine with such an `account` of itself gives it.
  ///
  /// @param lasts of the entries that are applied together; each has a tenth of what is much
  private List<Long> described(Bytes account, int... lasts) throws Exception {
    byte[] bytes = new byte[(int) Performer.MOST_LOG_BYTES / 10];
    Content tenth = new Content.Command(Bytes.copyOf(bytes));
    try (Storage storage = open();
        Performer performer = performer(storage, new Ledger(account))) {
      performer.start();
      int index = 0;
      for (int i = 0; i < lasts.length; i++) {
        // Behind a write, so that the disk thread does it.
        Effect.Persist write = append(i + 1);
        List<Effect> effects = effects(write);
        for (; index < lasts[i]; index++) {
          effects.add(new Effect.Apply(new Entry(index + 1, 1, tenth), RequestId.NOBODY));
        }
        performer.perform(effects);
        Await.until("it is done", () -> done.contains(new Performed.Written(write)));
      }
    }
    return done.stream()
        .filter(Performed.Described.class::isInstance)
        .map(each -> ((Performed.Described) each).index())
        .toList();
  }

  /// A state machine that does nothing.
  private record Ledger(Bytes account) implements StateMachine {
    @Override
    public Bytes apply(long index, Bytes command) {
      return Bytes.EMPTY;
    }

    @Override
    public Bytes query(Bytes query) {
      return Bytes.EMPTY;
    }

    @Override
    public Bytes snapshot() {
      return account;
    }

    @Override
    public void restore(Bytes state) {
      throw new IllegalStateException("nobody asked for it");
    }
  }

  private Storage open() throws IOException, StorageException {
    return Storage.open(
        Path.of("data"),
        new Identity("test", SELF),
        Configuration.ofVoters(2),
        Fsync.ALWAYS,
        files);
  }

  private Performer performer(Storage storage) {
    return performer(storage, new Store());
  }

  private Performer performer(Storage storage, StateMachine machine) {
    return new Performer("test-disk", storage, machine, done::addAll, broken::add);
  }

  private static Effect.Persist append(long index) {
    Content content = new Content.Command(Bytes.of("command " + index));
    return new Effect.Persist(STATE, List.of(new Entry(index, 1, content)));
  }

  private static List<Effect> effects(Effect... effects) {
    return new ArrayList<>(List.of(effects));
  }

  private Performed next() throws InterruptedException {
    Performed next = done.poll(Await.PATIENCE, TimeUnit.NANOSECONDS);
    if (next == null) {
      throw new AssertionError("nothing more was performed; broken: " + broken);
    }
    return next;
  }
}
