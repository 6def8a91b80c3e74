package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PacketHolderTest {
  private static final Pair SLOW = new Pair("192.0.2.1", "192.0.2.2");
  private static final Pair QUICK = new Pair("192.0.2.2", "192.0.2.1");
  private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(30);
  private static final long JITTER = TimeUnit.MILLISECONDS.toNanos(20);

  private final Basket basket = new Basket();

  /// A gate whose packets come from a test.
  private static final class Basket implements PacketGate {
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<Passed> passed = new LinkedBlockingQueue<>();
    private volatile boolean isBroken;
    private volatile boolean isClosed;

    /// @param nanos when it did
    record Passed(int id, long nanos) {}

    @Override
    public int number() {
      return 1;
    }

    @Override
    public void await(int millis) {
      Thread.onSpinWait();
    }

    @Override
    public Optional<Waiting> take() throws IOException {
      if (isBroken) {
        throw new IOException("the basket has no bottom");
      }
      return Optional.ofNullable(waiting.poll());
    }

    @Override
    public void accept(Waiting packet) {
      passed.add(new Passed(packet.id(), System.nanoTime()));
    }

    @Override
    public void close() {
      isClosed = true;
    }

    void put(int id, Pair pair) {
      waiting.add(new Waiting(id, Optional.of(pair)));
    }

    List<Passed> takePassed(int count) throws InterruptedException {
      List<Passed> all = new ArrayList<>();
      while (all.size() < count) {
        all.add(passed.take());
      }
      return all;
    }
  }

  @Test
  void packetsPassInOrderAndNoneTooSoon() throws InterruptedException {
    try (PacketHolder holder = PacketHolder.start(basket)) {
      holder.delay(Map.of(SLOW, new Passage.Late(DELAY, JITTER)));
      long before = System.nanoTime();
      IntStream.range(0, 50).forEach(id -> basket.put(id, SLOW));

      List<Basket.Passed> passed = basket.takePassed(50);

      assertThat(passed)
          .extracting(Basket.Passed::id)
          .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
      assertThat(passed).allMatch(each -> each.nanos() - before >= DELAY - JITTER);
      assertThat(holder.delayed()).isEqualTo(50);
    }
  }

  @Test
  void othersDontWaitForThem() throws InterruptedException {
    try (PacketHolder holder = PacketHolder.start(basket)) {
      holder.delay(Map.of(SLOW, new Passage.Late(TimeUnit.HOURS.toNanos(1), 0)));
      basket.put(1, SLOW);
      basket.put(2, QUICK);
      basket.waiting.add(new PacketGate.Waiting(3, Optional.empty()));

      assertThat(basket.takePassed(2)).extracting(Basket.Passed::id).containsExactly(2, 3);
      assertThat(holder.delayed()).isEqualTo(1);
    }

    assertThat(basket.takePassed(1)).extracting(Basket.Passed::id).containsExactly(1);
    assertThat(basket.isClosed).isTrue();
  }

  @Test
  void oneThatIsLateNoMoreDoesNotOvertake() throws InterruptedException {
    try (PacketHolder holder = PacketHolder.start(basket)) {
      holder.delay(Map.of(SLOW, new Passage.Late(DELAY, 0)));
      basket.put(1, SLOW);
      while (holder.delayed() == 0) {
        Thread.onSpinWait();
      }
      holder.delay(Map.of());
      basket.put(2, SLOW);

      assertThat(basket.takePassed(2)).extracting(Basket.Passed::id).containsExactly(1, 2);
    }
  }

  @Test
  void thatItHasFailedIsSaid() {
    try (PacketHolder holder = PacketHolder.start(basket)) {
      assertThat(holder.failure()).isEmpty();

      basket.isBroken = true;
      while (holder.failure().isEmpty()) {
        Thread.onSpinWait();
      }

      assertThat(holder.failure().orElseThrow()).hasMessage("the basket has no bottom");
      assertThat(basket.isClosed).isTrue();
    }
  }
}
