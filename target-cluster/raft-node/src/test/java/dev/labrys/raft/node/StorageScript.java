package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SaveSnapshot;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Writes as a server makes them, drawn at random: what came before decides what may come next.
final class StorageScript {
  private static final int MOST_ENTRIES = 6;

  private final RandomGenerator random;

  StorageScript(RandomGenerator random) {
    this.random = random;
  }

  /// The next write of a server that has stored that.
  Effect next(Stored stored) {
    return switch (random.nextInt(20)) {
      case 0 -> new Persist(voted(stored.state(), 0), List.of());
      case 1 -> new Persist(voted(stored.state(), 1 + random.nextInt(3)), List.of());
      case 2, 3 -> persist(anyIndex(stored), voted(stored.state(), 1));
      case 4 -> persist(anyIndex(stored), stored.state());
      case 5, 6 -> takeSnapshot(stored);
      case 7 -> installSnapshot(stored);
      default -> persist(lastIndex(stored) + 1, stored.state());
    };
  }

  private HardState voted(HardState state, int moreTerms) {
    return new HardState(state.term() + moreTerms, new ServerId(random.nextInt(6)));
  }

  private static long lastIndex(Stored stored) {
    return StoredOracle.last(stored).index();
  }

  /// Where an entry may be written.
  private long anyIndex(Stored stored) {
    long base = stored.snapshot().last().index();
    return base + 1 + random.nextLong(lastIndex(stored) - base + 1);
  }

  private Effect persist(long first, HardState state) {
    HardState electing = state.term() == 0 ? voted(state, 1) : state;
    List<Entry> entries = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_ENTRIES);
    for (long index = first; index < first + count; index++) {
      entries.add(new Entry(index, electing.term(), content()));
    }
    return new Persist(electing, entries);
  }

  private Content content() {
    return switch (random.nextInt(40)) {
      case 0 -> new Content.Noop();
      case 1 -> new Content.Membership(configuration());
      case 2, 3, 4 -> new Content.Command(bytes(random.nextInt(3_000)));
      case 5, 6, 7, 8 -> new Content.Command(bytes(random.nextInt(60)));
      // Most are of one size, so that new records end where old ones ended.
      default -> new Content.Command(bytes(20));
    };
  }

  private Configuration configuration() {
    Configuration voters = Configuration.ofVoters(1 + random.nextInt(5));
    return new Configuration(voters.voters(), List.of(), List.of(new ServerId(7)));
  }

  private Bytes bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  /// Of the server's own log.
  private Effect takeSnapshot(Stored stored) {
    if (stored.entries().isEmpty()) {
      return persist(lastIndex(stored) + 1, stored.state());
    }
    Entry last = stored.entries().get(random.nextInt(stored.entries().size()));
    return new SaveSnapshot(snapshot(last.position()));
  }

  /// From a leader: the log lacks the entry it ends with, as it ends before or has another one.
  private Effect installSnapshot(Stored stored) {
    long term = stored.state().term();
    if (term == 0) {
      return persist(lastIndex(stored) + 1, stored.state());
    }
    for (Entry entry : stored.entries()) {
      if (entry.term() < term && random.nextInt(3) == 0) {
        return new SaveSnapshot(snapshot(new LogPosition(entry.index(), term)));
      }
    }
    long ahead = 1L + random.nextInt(20);
    return new SaveSnapshot(snapshot(new LogPosition(lastIndex(stored) + ahead, term)));
  }

  private Snapshot snapshot(LogPosition last) {
    return new Snapshot(last, configuration(), bytes(random.nextInt(2_000)));
  }
}
