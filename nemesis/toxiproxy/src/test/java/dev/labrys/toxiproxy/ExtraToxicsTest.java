package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.toxiproxy.Peer.End;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What our server can do and Toxiproxy can't, and what Toxiproxy does wrong.
final class ExtraToxicsTest {
  private static final int MIB = 1 << 20;

  private final TestBed bed = TestBed.open();
  private final Backend backend = bed.with(Backend.silent());
  private final TestProxy proxy = bed.proxy(backend);

  @BeforeEach
  void needsOurs() {
    bed.needsOurs();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Peer client() throws IOException {
    return bed.connect(proxy);
  }

  @Test
  void holdKeepsBytesUntilItIsRemoved() throws Exception {
    Peer client = client();
    Peer server = backend.next();
    client.send("before");
    server.receive(6);
    String hold = proxy.add("hold", "upstream", "");
    client.send("while it lasts");
    server.send("other way");
    boolean wasSilent = server.isSilent();

    proxy.remove(hold);

    assertThat(wasSilent).isTrue();
    assertThat(client.hear(9)).isEqualTo("other way");
    assertThat(server.hear(14)).isEqualTo("while it lasts");
  }

  @Test
  void holdKeepsTheEndToo() throws Exception {
    Peer client = client();
    Peer server = backend.next();
    String hold = proxy.add("hold", "upstream", "");
    client.close();
    boolean wasSilent = server.isSilent();

    proxy.remove(hold);

    assertThat(wasSilent).isTrue();
    assertThat(server.end()).isEqualTo(End.EOF);
  }

  @Test
  void holdStopsTheSender() throws Exception {
    Peer client = client();
    Peer server = backend.next();
    String hold = proxy.add("hold", "upstream", "");
    byte[] bytes = TestBed.bytes(64 * MIB, 1);

    CompletableFuture<Void> sent = DataPathTest.sending(client, bytes);
    boolean wasHeldUp = server.isHeldUp(sent);
    proxy.remove(hold);

    assertThat(wasHeldUp).isTrue();
    assertThat(server.receive(bytes.length)).isEqualTo(bytes);
    sent.join();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "blackhole"})
  void aNewConnectionIsMuteAndDoesNotGetThrough(String type) throws Exception {
    proxy.add(type, "upstream", "");

    Peer client = client();
    client.send("hello");

    assertThat(client.isSilent()).isTrue();
    assertThat(backend.waiting()).isZero();
  }

  @Test
  void aNewConnectionGetsThroughWhenHoldIsRemoved() throws Exception {
    String hold = proxy.add("hold", "upstream", "");
    Peer client = client();
    client.send("hello");

    proxy.remove(hold);

    assertThat(backend.next().hear(5)).isEqualTo("hello");
  }

  @Test
  void aNewConnectionIsRefusedOnRequest() throws Exception {
    Peer before = client();
    Peer server = backend.next();
    String hold = proxy.add("hold", "upstream", "'refuse':1");

    boolean isReset = Peer.isReset(proxy.port());
    before.send("still there");
    proxy.remove(hold);

    assertThat(isReset).isTrue();
    assertThat(server.hear(11)).isEqualTo("still there");
  }

  @Test
  void delayMovesEveryByteAndTheEnd() throws Exception {
    proxy.add("delay", "downstream", "'delay':300");
    Peer client = client();
    Peer server = backend.next();
    client.send("other way");
    server.receive(9);

    long start = System.nanoTime();
    server.close();
    End end = client.end();

    assertThat(end).isEqualTo(End.EOF);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void delayHoldsUpTheSenderWhenItsRoomIsFull() throws Exception {
    String delay = proxy.add("delay", "downstream", "'delay':100000000,'buffer':100000");
    Peer client = client();
    byte[] bytes = TestBed.bytes(64 * MIB, 2);

    CompletableFuture<Void> sent = DataPathTest.sending(backend.next(), bytes);
    boolean wasHeldUp = client.isHeldUp(sent);
    proxy.remove(delay);

    assertThat(wasHeldUp).isTrue();
    assertThat(client.receive(bytes.length)).isEqualTo(bytes);
    sent.join();
  }

  @Test
  void blackholeSwallowsAndResetsWhenItIsRemoved() throws Exception {
    Peer client = client();
    Peer server = backend.next();
    String blackhole = proxy.add("blackhole", "upstream", "");
    client.send("lost");
    server.send("other way");
    boolean wasSilent = server.isSilent();
    String other = client.hear(9);

    proxy.remove(blackhole);

    assertThat(wasSilent).isTrue();
    assertThat(other).isEqualTo("other way");
    assertThat(client.end()).isEqualTo(End.RESET);
    assertThat(server.end()).isEqualTo(End.RESET);
  }

  @Test
  void blackholeLeavesAloneWhatItDidNotActOn() throws Exception {
    Peer client = client();
    Peer server = backend.next();
    bed.post(
        proxy.path() + "/toxics",
        "{\"type\":\"blackhole\",\"name\":\"b\",\"stream\":\"upstream\",\"toxicity\":0}");
    client.send("not ");

    proxy.remove("b");
    client.send("lost");

    assertThat(server.hear(8)).isEqualTo("not lost");
  }

  @Test
  void aBlackholeThatIsMadeToxicToNobodyResetsToo() throws Exception {
    Peer client = client();
    backend.next();
    String blackhole = proxy.add("blackhole", "upstream", "");

    proxy.set(blackhole, "{'toxicity':0}");

    assertThat(client.end()).isEqualTo(End.RESET);
  }

  @Test
  void toxicsChangeWhileTheReceiverDoesNotRead() throws Exception {
    Peer client = bed.with(Peer.connectNarrow(proxy.port()));
    byte[] bytes = TestBed.bytes(64 * MIB, 3);
    proxy.add("latency", "downstream", "'latency':1");
    proxy.add("slicer", "downstream", "'average_size':1000");
    CompletableFuture<Void> sent = DataPathTest.sending(backend.next(), bytes);
    assertThat(client.isHeldUp(sent)).isTrue();

    for (int i = 0; i < 20; i++) {
      proxy.set("latency_downstream", "{'attributes':{'latency':%d}}".formatted(i));
      String more = proxy.add("bandwidth", "downstream", "'rate':%d".formatted(i * 1_000_000));
      bed.get("/proxies");
      proxy.remove(more);
    }
    proxy.remove("slicer_downstream");

    assertThat(client.receive(bytes.length)).isEqualTo(bytes);
    sent.join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'slicer','attributes':{'average_size':0}}",
        "{'type':'slicer','attributes':{'average_size':10,'size_variation':100}}",
        "{'type':'slicer','attributes':{'average_size':-5,'size_variation':-5,'delay':-5}}",
        "{'type':'latency','attributes':{'latency':-5,'jitter':-9223372036854775808}}",
        "{'type':'bandwidth','attributes':{'rate':9223372036854775807}}",
        "{'type':'limit_data','attributes':{'bytes':9223372036854775807}}",
        "{'type':'delay','attributes':{'delay':-1,'buffer':-1}}"
      })
  void noNumberDoesHarm(String toxic) throws Exception {
    bed.post(proxy.path() + "/toxics", toxic.replace('\'', '"'));
    byte[] bytes = TestBed.bytes(2_000, 4);
    Peer client = client();

    backend.next().send(bytes);

    assertThat(client.receive(bytes.length)).isEqualTo(bytes);
  }

  @Test
  void aRateBelowNothingIsNothing() throws Exception {
    String bandwidth = proxy.add("bandwidth", "downstream", "'rate':-1");
    Peer client = client();
    backend.next().send("held");
    boolean wasSilent = client.isSilent();

    proxy.remove(bandwidth);

    assertThat(wasSilent).isTrue();
    assertThat(client.hear(4)).isEqualTo("held");
  }

  @Test
  void removingAResetThatIsUnderWayResetsAtOnce() throws Exception {
    String reset = proxy.add("reset_peer", "upstream", "'timeout':100000000");
    Peer client = client();
    Peer server = backend.next();
    client.send("swallowed");
    assertThat(server.isSilent()).isTrue();

    proxy.remove(reset);

    assertThat(client.end()).isEqualTo(End.RESET);
    assertThat(server.end()).isEqualTo(End.RESET);
  }

  @Test
  void theSameSeedSlicesTheSame() {
    Attributes attributes =
        new Attributes(java.util.Map.of("average_size", 10L, "size_variation", 5L, "delay", 0L));

    int[][] lengths = new int[2][];
    for (int i = 0; i < 2; i++) {
      Pipe in = new Pipe();
      Pipe out = new Pipe();
      in.put(Chunk.copyOf(java.nio.ByteBuffer.allocate(1000), 0));
      new Slicer(attributes, new java.util.SplittableRandom(7))
          .flow(in, new Outlet(out, 1L << 40), 0);
      lengths[i] =
          java.util.stream.IntStream.generate(() -> out.isEmpty() ? 0 : out.take().size())
              .takeWhile(length -> length > 0)
              .toArray();
    }

    assertThat(lengths[0]).isEqualTo(lengths[1]);
    assertThat(Arrays.stream(lengths[0]).distinct().count()).isGreaterThan(1);
  }
}
