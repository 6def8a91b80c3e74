package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import org.junit.jupiter.api.Test;

final class CreatedEntriesTest {
  private final CreatedEntries created = new CreatedEntries();

  private static Entry entry(long index, long term) {
    return new Entry(index, term, new Content.Noop());
  }

  @Test
  void anEntryIsFoundByIndexAndTerm() {
    Entry ofTerm2 = entry(5, 2);
    Entry ofTerm4 = entry(5, 4);
    created.add(ofTerm2, 1);
    created.add(ofTerm4, 3);

    assertThat(created.find(5, 2)).isSameAs(ofTerm2);
    assertThat(created.find(5, 4)).isSameAs(ofTerm4);
    assertThat(created.previousTerm(5, 2)).isEqualTo(1);
    assertThat(created.previousTerm(5, 4)).isEqualTo(3);
    assertThat(created.find(5, 3)).isNull();
    assertThat(created.find(4, 2)).isNull();
    assertThat(created.find(6, 2)).isNull();
    assertThat(created.previousTerm(6, 2)).isEqualTo(TermRuns.UNKNOWN);
  }

  @Test
  void manyEntriesFit() {
    for (long index = 1; index <= 10_000; index++) {
      created.add(entry(index, 1), 1);
    }

    assertThat(created.find(1, 1)).isNotNull();
    assertThat(created.find(10_000, 1)).isNotNull();
  }

  @Test
  void whatIsDroppedIsNotKnown() {
    created.add(entry(1, 1), 0);
    created.add(entry(2, 1), 1);
    created.dropBefore(2);
    created.add(entry(1, 1), 0);

    assertThat(created.reaches(1)).isFalse();
    assertThat(created.reaches(2)).isTrue();
    assertThat(created.find(1, 1)).isNull();
    assertThat(created.find(2, 1)).isNotNull();
  }

  @Test
  void slotsAreUsedAgain() {
    for (long index = 1; index <= 5_000; index++) {
      created.add(entry(index, 1), 1);
      created.dropBefore(index - 10);
    }
    created.dropBefore(9_000);
    created.add(entry(9_005, 2), 2);

    assertThat(created.find(9_004, 1)).isNull();
    assertThat(created.find(9_005, 2)).isNotNull();
    assertThat(created.find(9_005, 1)).isNull();
  }
}
