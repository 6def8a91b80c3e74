package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RealTimelineTest {
  private static final long PATIENCE = 60_000_000_000L;
  private static final long MILLI = 1_000_000;

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private final RealTimeline timeline = new RealTimeline(System.nanoTime(), told::add);

  @AfterEach
  void close() {
    timeline.close();
  }

  private Object next() throws InterruptedException {
    Object next = told.poll(PATIENCE, TimeUnit.NANOSECONDS);
    return next == null ? "nothing" : next;
  }

  @Test
  void tasksHappenInOrderOfTimeAndNotBeforeIt() throws InterruptedException {
    long start = timeline.nowNanos();
    timeline.at(start + 40 * MILLI, () -> told.add(timeline.nowNanos()));
    timeline.at(start + 20 * MILLI, () -> told.add("first"));
    timeline.at(start - MILLI, () -> told.add("at once"));

    assertThat(next()).isEqualTo("at once");
    assertThat(next()).isEqualTo("first");
    assertThat((Long) next()).isGreaterThanOrEqualTo(start + 40 * MILLI);
  }

  @Test
  void allIsToldOnOneThread() throws InterruptedException {
    timeline.at(0, () -> told.add(Thread.currentThread()));
    timeline.perform("lane", PATIENCE, () -> {}, _ -> told.add(Thread.currentThread()));

    assertThat(next()).isEqualTo(next());
  }

  @Test
  void aLaneKeepsItsOrderAndNoOtherWaiting() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    timeline.perform("slow", PATIENCE, () -> await(latch), _ -> told.add("slow"));
    timeline.perform("slow", PATIENCE, () -> {}, _ -> told.add("after it"));
    timeline.perform("other", PATIENCE, () -> {}, _ -> told.add("other"));

    assertThat(next()).isEqualTo("other");
    latch.countDown();
    assertThat(List.of(next(), next())).containsExactly("slow", "after it");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      throw new IOException("interrupted", stop);
    }
  }

  @Test
  void failuresAreTold() throws InterruptedException {
    IOException failure = new IOException("no such node");
    timeline.perform(
        "lane",
        PATIENCE,
        () -> {
          throw failure;
        },
        told::add);

    assertThat(next()).isEqualTo(Optional.of(failure));
  }

  @Test
  void nobodyWaitsForEverForALaneThatIsStuck() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    timeline.perform("lane", PATIENCE, () -> awaitStubbornly(never), told::add);
    timeline.perform("lane", MILLI, () -> told.add("this is not to happen"), told::add);

    assertThat((Optional<?>) next())
        .hasValueSatisfying(failure -> assertThat(failure).isInstanceOf(TimeoutException.class));
    never.countDown();
    assertThat(next()).isEqualTo(Optional.empty());
    timeline.perform("lane", PATIENCE, () -> {}, _ -> told.add("and on it goes"));
    assertThat(next()).isEqualTo("and on it goes");
  }

  private static void awaitStubbornly(CountDownLatch latch) {
    boolean isOpen = false;
    while (!isOpen) {
      try {
        isOpen = latch.await(PATIENCE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        // Does not want to hear of it.
      }
    }
  }

  @Test
  void bugsAreReported() throws InterruptedException {
    IllegalStateException bug = new IllegalStateException("a bug");
    timeline.at(
        0,
        () -> {
          throw bug;
        });

    assertThat(next()).isEqualTo(bug);
  }

  @Test
  void afterTheEndNothingHappens() {
    timeline.close();
    timeline.at(0, () -> told.add("too late"));
    timeline.close();

    assertThat(told).isEmpty();
  }
}
