package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.labrys.cluster.Passage;
import dev.labrys.cluster.RunMark;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Packets that the kernel really holds, in a namespace of this test's own. Skipped, with the
/// reason, where it can't.
@Timeout(120)
final class PacketDelaysTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pair TO_ITSELF = new Pair(LOOPBACK, LOOPBACK);
  private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Map<Pair, Passage.Late> LATE = Map.of(TO_ITSELF, new Passage.Late(DELAY, 0));
  private static final int PATIENCE_MILLIS = 60_000;

  /// For packets in a queue that is soon full.
  private static final int ROOM = 50;

  private final RunMark mark = RunMark.next();
  private TrialSpace trial;
  private NetworkSpace space;
  private DatagramSocket socket;

  @BeforeAll
  static void theKernelHoldsPackets() {
    PacketDelays.complaint().ifPresent(Assumptions::abort);
  }

  @BeforeEach
  void makeANamespace() throws IOException {
    trial = TrialSpace.open();
    space = trial.space();
    Tool.run(space.enter(List.of("ip", "link", "set", "lo", "up")), "");
    socket = space.make(() -> new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK)));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void removeTheNamespace() {
    socket.close();
    trial.close();
  }

  /// How long a packet takes from this socket to itself.
  private long nanosOnTheWay() throws IOException {
    byte[] sent = {7};
    long before = System.nanoTime();
    socket.send(new DatagramPacket(sent, 1, socket.getLocalSocketAddress()));
    socket.receive(new DatagramPacket(new byte[1], 1));
    return System.nanoTime() - before;
  }

  private static void awaitDelayed(PacketDelays delays, int packets) {
    while (delays.delayed() < packets) {
      assertThat(Thread.interrupted()).as("is out of time").isFalse();
      Thread.onSpinWait();
    }
  }

  private String rules() throws IOException {
    return Tool.run(space.enter(List.of("iptables-save", "-t", "mangle")), "");
  }

  @Test
  void packetsAreLateUntilThatIsHealed() throws IOException {
    try (PacketDelays delays = new PacketDelays(mark, space)) {
      delays.set(LATE);

      for (int i = 0; i < 5; i++) {
        assertThat(nanosOnTheWay()).isGreaterThanOrEqualTo(DELAY);
      }
      long delayed = delays.delayed();
      assertThat(delayed).isGreaterThanOrEqualTo(5);

      delays.set(Map.of(new Pair("192.0.2.1", "192.0.2.2"), new Passage.Late(DELAY, 0)));
      nanosOnTheWay();
      assertThat(delays.delayed()).isEqualTo(delayed);

      delays.set(Map.of());
      nanosOnTheWay();
      assertThat(delays.delayed()).isEqualTo(delayed);
      assertThat(rules()).doesNotContain(QueueRules.comment(mark));
    }
  }

  @Test
  void whatIsHeldPassesWhenItEnds() throws IOException {
    try (PacketDelays delays = new PacketDelays(mark, space)) {
      delays.set(Map.of(TO_ITSELF, new Passage.Late(TimeUnit.HOURS.toNanos(1), 0)));
      socket.send(new DatagramPacket(new byte[] {7}, 1, socket.getLocalSocketAddress()));
      awaitDelayed(delays, 1);
    }

    socket.receive(new DatagramPacket(new byte[1], 1));
    assertThat(rules()).doesNotContain(QueueRules.comment(mark));
  }

  /// A socket has no room for more than this at once.
  private void send(int packets) throws IOException {
    try (DatagramSocket sender =
        space.make(() -> new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK)))) {
      for (int i = 0; i < packets; i++) {
        sender.send(new DatagramPacket(new byte[] {7}, 1, socket.getLocalSocketAddress()));
      }
    }
  }

  private PacketDelays narrow() {
    return new PacketDelays(mark, space, place -> PacketQueue.open(place, ROOM));
  }

  /// Lets [#narrow] delays lose seven packets.
  private void overfill(PacketDelays delays) throws IOException {
    delays.set(Map.of(TO_ITSELF, new Passage.Late(TimeUnit.HOURS.toNanos(1), 0)));
    send(ROOM);
    awaitDelayed(delays, ROOM);
    send(7);
  }

  @Test
  void whatFindsTheQueueFullIsCounted() throws IOException {
    try (PacketDelays delays = narrow()) {
      overfill(delays);
      assertThat(delays.takeRemarks()).isEmpty();

      delays.set(Map.of());

      assertThat(delays.takeRemarks())
          .containsExactly("7 packets were lost instead of late, as too many waited");
      assertThat(delays.takeRemarks()).isEmpty();
      delays.set(LATE);
      delays.set(Map.of());
      assertThat(delays.takeRemarks()).isEmpty();
    }
  }

  @Test
  void whatAnotherLosesUnderTheSameNumberIsNotCounted() throws IOException, InterruptedException {
    List<Fragile> gates = new ArrayList<>();
    try (PacketDelays delays = new PacketDelays(RunMark.next(), space, fragile(gates));
        PacketDelays other = narrow()) {
      delays.set(LATE);
      int number = gates.getLast().number();
      gates.getLast().isBroken = true;
      gates.getLast().closed.await();
      overfill(other);
      assertThat(PacketQueue.lost(space, number)).isEqualTo(7);

      assertThatIOException().isThrownBy(() -> delays.set(Map.of()));

      assertThat(delays.takeRemarks()).isEmpty();
    }
  }

  /// Who heals tries again, and hears the same.
  @Test
  void thatNobodyHeldThemIsSaidWhenAllIsHealed() throws IOException, InterruptedException {
    List<Fragile> gates = new ArrayList<>();
    try (PacketDelays delays = new PacketDelays(mark, space, fragile(gates))) {
      delays.set(LATE);
      gates.getLast().isBroken = true;
      gates.getLast().closed.await();

      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatIOException()
            .isThrownBy(() -> delays.set(Map.of()))
            .withMessageContaining("packets were not delayed any more: it broke");
      }

      nanosOnTheWay();
      assertThat(rules()).doesNotContain(QueueRules.comment(mark));
    }
  }

  @Test
  void withNobodyToHoldThemPacketsPassAndItIsSaid() throws IOException, InterruptedException {
    List<Fragile> gates = new ArrayList<>();
    try (PacketDelays delays = new PacketDelays(mark, space, fragile(gates))) {
      delays.set(LATE);
      assertThat(nanosOnTheWay()).isGreaterThanOrEqualTo(DELAY);

      gates.getLast().isBroken = true;
      gates.getLast().closed.await();

      nanosOnTheWay();
      assertThat(rules()).contains(QueueRules.comment(mark));
      assertThatIOException()
          .isThrownBy(() -> delays.set(LATE))
          .withMessageContaining("packets were not delayed any more: it broke");
      assertThat(nanosOnTheWay()).isGreaterThanOrEqualTo(DELAY);
      delays.set(Map.of());
      assertThat(rules()).doesNotContain(QueueRules.comment(mark));
    }
  }

  private static PacketGate.Maker fragile(List<Fragile> made) {
    return place -> {
      made.add(new Fragile(PacketQueue.open(place)));
      return made.getLast();
    };
  }

  /// A gate that breaks when it is told to.
  private static final class Fragile implements PacketGate {
    private final PacketGate sound;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean isBroken;

    Fragile(PacketGate sound) {
      this.sound = sound;
    }

    @Override
    public int number() {
      return sound.number();
    }

    @Override
    public void await(int millis) throws IOException {
      if (isBroken) {
        throw new IOException("it broke");
      }
      sound.await(millis);
    }

    @Override
    public Optional<Waiting> take() throws IOException {
      return sound.take();
    }

    @Override
    public void accept(Waiting packet) throws IOException {
      sound.accept(packet);
    }

    @Override
    public void close() throws IOException {
      sound.close();
      closed.countDown();
    }
  }
}
