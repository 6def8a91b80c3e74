package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs of terms against a plain list of them.
final class TermRunsTest {
  private final TermRuns runs = new TermRuns();
  private final List<Long> terms = new ArrayList<>(List.of(0L));
  private long base;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void areWhatAListWouldBe(long seed) {
    RandomGenerator random = new Seed(seed).stream("runs");
    long term = 1;

    for (int step = 0; step < 3_000; step++) {
      term += random.nextInt(20) == 0 ? 1 : 0;
      switch (random.nextInt(10)) {
        case 0 -> truncate(random.nextLong(base, last() + 1));
        case 1 -> compact(random.nextLong(base, last() + 1));
        case 2 -> compactForeign(last() + random.nextInt(-2, 3), term + 1);
        default -> write(random, term);
      }
      term = Math.max(term, runs.lastTerm());
      check(random.nextLong(1, term + 2));
    }
  }

  private long last() {
    return base + terms.size() - 1;
  }

  private void truncate(long index) {
    runs.truncate(index);
    while (last() > index) {
      terms.removeLast();
    }
  }

  private void compact(long index) {
    runs.compact(new LogPosition(index, terms.get((int) (index - base))));
    while (base < index) {
      terms.removeFirst();
      base++;
    }
  }

  private void compactForeign(long index, long term) {
    if (index < base) {
      return;
    }
    runs.compact(new LogPosition(index, term));
    terms.clear();
    terms.add(term);
    base = index;
  }

  private void write(RandomGenerator random, long term) {
    long first = random.nextInt(5) == 0 ? random.nextLong(base, last() + 1) + 1 : last() + 1;
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      entries.add(new Entry(first + i, term, new Content.Noop()));
    }
    runs.write(entries);
    if (!entries.isEmpty()) {
      while (last() >= first) {
        terms.removeLast();
      }
      entries.forEach(entry -> terms.add(entry.term()));
    }
  }

  private void check(long term) {
    assertThat(runs.baseIndex()).isEqualTo(base);
    assertThat(runs.lastIndex()).isEqualTo(last());
    assertThat(runs.lastTerm()).isEqualTo(terms.getLast());
    for (long index = base; index <= last(); index++) {
      assertThat(runs.termAt(index)).isEqualTo(terms.get((int) (index - base)));
    }
    assertThat(runs.termAt(base - 1)).isEqualTo(TermRuns.UNKNOWN);
    assertThat(runs.termAt(last() + 1)).isEqualTo(TermRuns.UNKNOWN);
    long before = last();
    while (before >= base && terms.get((int) (before - base)) >= term) {
      before--;
    }
    assertThat(runs.lastBefore(term)).isEqualTo(before < base ? 0 : before);
    TermRuns copy = new TermRuns();
    copy.copy(runs);
    assertThat(copy.termAt(last())).isEqualTo(terms.getLast());
  }
}
