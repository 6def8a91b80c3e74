package dev.labrys.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The log, compared with a plain list of which nothing is ever forgotten.
final class RaftLogTest {

  @Test
  void itIsAListThatForgetsItsBeginning() {
    Property.forAll(400, RaftLogTest::compareWithAList);
  }

  private static void compareWithAList(RandomGenerator random, int size) {
    List<Entry> all = new ArrayList<>();
    int kept = 0;
    RaftLog log = new RaftLog(LogPosition.ZERO, List.of());
    for (int step = 0; step < size; step++) {
      switch (random.nextInt(8)) {
        case 0 -> {
          kept = random.nextInt(kept, all.size() + 1);
          log.compactTo(position(all, kept));
        }
        case 1 -> {
          if (random.nextInt(4) == 0) {
            fill(all, all.size() + 1 + random.nextInt(3), random);
            kept = all.size();
            log.replaceBy(position(all, kept));
          }
        }
        case 2 -> {
          int from = random.nextInt(kept, all.size() + 1);
          all.subList(from, all.size()).clear();
          fill(all, from + 1 + random.nextInt(3), random);
          log.append(all.subList(from, all.size()));
        }
        default -> {
          int from = all.size();
          fill(all, from + 1 + random.nextInt(40), random);
          log.append(List.copyOf(all.subList(from, all.size())));
        }
      }
      assertSame(log, all, kept, random);
    }
  }

  private static void fill(List<Entry> all, int length, RandomGenerator random) {
    long term = all.isEmpty() ? 1 : all.getLast().term();
    while (all.size() < length) {
      term += random.nextInt(5) == 0 ? 1 : 0;
      String command = "x".repeat(random.nextInt(4));
      all.add(new Entry(all.size() + 1, term, new Content.Command(Bytes.of(command))));
    }
  }

  private static LogPosition position(List<Entry> all, int index) {
    return index == 0 ? LogPosition.ZERO : all.get(index - 1).position();
  }

  private static void assertSame(RaftLog log, List<Entry> all, int kept, RandomGenerator random) {
    assertThat(log.snapshot()).isEqualTo(position(all, kept));
    assertThat(log.last()).isEqualTo(position(all, all.size()));
    assertThat(log.lastIndex()).isEqualTo(all.size());
    assertThat(log.termAt(kept)).isEqualTo(position(all, kept).term());
    for (int index = kept + 1; index <= all.size(); index++) {
      assertThat(log.at(index)).isEqualTo(all.get(index - 1));
      assertThat(log.termAt(index)).isEqualTo(all.get(index - 1).term());
      assertThat(log.positionAt(index)).isEqualTo(all.get(index - 1).position());
    }
    if (kept < all.size()) {
      int first = random.nextInt(kept + 1, all.size() + 1);
      int most = random.nextInt(1, 20);
      int mostBytes = random.nextInt(1, 20);
      assertThat(log.from(first, most, mostBytes)).isEqualTo(someFrom(all, first, most, mostBytes));
    }
  }

  /// Grows a list until one more would be too many.
  private static List<Entry> someFrom(List<Entry> all, int first, int most, int mostBytes) {
    int count = 1;
    while (first + count <= all.size() && count < most) {
      int bytes = 0;
      for (Entry entry : all.subList(first - 1, first + count)) {
        bytes += ((Content.Command) entry.content()).bytes().length();
      }
      if (bytes > mostBytes) {
        break;
      }
      count++;
    }
    return all.subList(first - 1, first - 1 + count);
  }

  @Test
  void itHoldsWhatWasStored() {
    RaftLog log = new RaftLog(new LogPosition(3, 2), List.of(Logs.entry(4, 2), Logs.entry(5, 4)));

    assertThat(log.snapshot()).isEqualTo(new LogPosition(3, 2));
    assertThat(log.last()).isEqualTo(new LogPosition(5, 4));
    assertThat(log.termAt(3)).isEqualTo(2);
    assertThat(log.at(4)).isEqualTo(Logs.entry(4, 2));
  }

  /// A term of 0 for an entry that is gone would "match" a message that has none.
  @Test
  void whatItDoesNotHaveIsNoTermZero() {
    RaftLog log = new RaftLog(new LogPosition(3, 2), List.of(Logs.entry(4, 2)));

    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> log.termAt(2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> log.termAt(5));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> log.at(3));
  }

  @Test
  void aGapIsRefused() {
    RaftLog log = new RaftLog(new LogPosition(3, 2), List.of(Logs.entry(4, 2)));

    assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of(Logs.entry(6, 2))));
    assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of(Logs.entry(3, 2))));
  }
}
