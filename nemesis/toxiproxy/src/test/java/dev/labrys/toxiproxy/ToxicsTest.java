package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.toxiproxy.Peer.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the toxics of Toxiproxy do to real connections. Times are lower bounds only: nothing may
/// come before its time, and on a busy machine anything may come late.
final class ToxicsTest {
  private final TestBed bed = TestBed.open();
  private final Backend backend = bed.with(Backend.silent());
  private final TestProxy proxy = bed.proxy(backend);

  @AfterEach
  void close() {
    bed.close();
  }

  private Peer client() throws IOException {
    return bed.connect(proxy);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  @Test
  void latencyIsOneWay() throws Exception {
    proxy.add("latency", "upstream", "'latency':200");
    Peer client = client();
    Peer server = backend.next();

    long start = System.nanoTime();
    client.send("ping");
    server.receive(4);
    Duration there = since(start);
    server.send("pong");

    assertThat(there).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(client.hear(4)).isEqualTo("pong");
  }

  @Test
  void latenciesAddUp() throws Exception {
    proxy.add("latency", "downstream", "'latency':100");
    bed.post(
        proxy.path() + "/toxics",
        "{\"type\":\"latency\",\"name\":\"second\",\"attributes\":{\"latency\":150}}");
    Peer client = client();

    long start = System.nanoTime();
    backend.next().send("pong");
    client.receive(4);

    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
  }

  @Test
  void jitterDoesNotReorder() throws Exception {
    proxy.add("latency", "upstream", "'latency':5,'jitter':5");
    byte[] bytes = TestBed.bytes(300_000, 1);

    CompletableFuture<Void> sent = DataPathTest.sending(client(), bytes);

    assertThat(backend.next().receive(bytes.length)).isEqualTo(bytes);
    sent.join();
  }

  @Test
  void whatALatencyHeldComesAtOnceWhenItIsRemoved() throws Exception {
    String latency = proxy.add("latency", "upstream", "'latency':100000000");
    Peer client = client();
    Peer server = backend.next();
    client.send("one ").send("two ").send("three");
    boolean wasSilent = server.isSilent();

    proxy.remove(latency);

    assertThat(wasSilent).isTrue();
    assertThat(server.hear(13)).isEqualTo("one two three");
  }

  @Test
  void anUpdateOfALatencyIsForOpenConnections() throws Exception {
    String latency = proxy.add("latency", "downstream", "'latency':100000000");
    Peer client = client();
    Peer server = backend.next();

    proxy.set(latency, "{'attributes':{'latency':100}}");
    long start = System.nanoTime();
    server.send("pong");
    client.receive(4);

    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aCloseWaitsBehindDelayedData() throws Exception {
    proxy.add("latency", "downstream", "'latency':300");
    Peer client = client();

    long start = System.nanoTime();
    backend.next().send("farewell").close();

    assertThat(client.receiveAll()).hasSize(8);
    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void bandwidthIsNotExceeded() throws Exception {
    proxy.add("bandwidth", "upstream", "'rate':100");
    byte[] bytes = TestBed.bytes(50_000, 2);
    Peer client = client();
    Peer server = backend.next();

    long start = System.nanoTime();
    CompletableFuture<Void> sent = DataPathTest.sending(client, bytes);
    byte[] received = server.receive(bytes.length);

    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(490));
    assertThat(received).isEqualTo(bytes);
    sent.join();
  }

  @Test
  void bandwidthOfNothingCutsUntilItIsRemoved() throws Exception {
    Peer client = client();
    Peer server = backend.next();
    String up = proxy.add("bandwidth", "upstream", "'rate':0");
    String down = proxy.add("bandwidth", "downstream", "'rate':0");
    client.send("there");
    server.send("back");
    boolean wasSilent = client.isSilent() && server.isSilent();

    proxy.remove(up);
    proxy.remove(down);

    assertThat(wasSilent).isTrue();
    assertThat(server.hear(5)).isEqualTo("there");
    assertThat(client.hear(4)).isEqualTo("back");
  }

  @Test
  void slowCloseHoldsBackOnlyTheEnd() throws Exception {
    proxy.add("slow_close", "downstream", "'delay':300");
    Peer client = client();

    long start = System.nanoTime();
    backend.next().send("bye").close();

    assertThat(client.receiveAll()).hasSize(3);
    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void timeoutSwallowsAndDoesNotBlock() throws Exception {
    proxy.add("timeout", "upstream", "'timeout':0");
    Peer client = client();
    Peer server = backend.next();

    client.send(new byte[32 << 20]);
    server.send("other way");

    assertThat(client.hear(9)).isEqualTo("other way");
    assertThat(server.isSilent()).isTrue();
  }

  @Test
  void removingATimeoutClosesAllConnections() throws Exception {
    String timeout = proxy.add("timeout", "downstream", "'timeout':0");
    proxy.set(timeout, "{'toxicity':0}");
    Peer client = client();
    Peer server = backend.next();
    client.send("x");
    server.receive(1);

    proxy.remove(timeout);

    client.end();
    server.end();
  }

  @Test
  void timeoutClosesWithoutAnyTraffic() throws Exception {
    proxy.add("timeout", "downstream", "'timeout':200");

    long start = System.nanoTime();
    Peer client = client();
    client.end();

    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    backend.next().end();
  }

  @Test
  void slicerCutsAndRests() throws Exception {
    proxy.add("slicer", "downstream", "'average_size':64,'size_variation':16,'delay':10000");
    byte[] bytes = TestBed.bytes(1024, 3);
    Peer client = client();

    long start = System.nanoTime();
    backend.next().send(bytes);
    byte[] first = client.receiveSome();
    byte[] rest = client.receive(bytes.length - first.length);

    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    assertThat(first.length + rest.length).isEqualTo(1024);
    assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, first.length, 1024));
  }

  @Test
  void removingASlicerLosesNothing() throws Exception {
    String slicer = proxy.add("slicer", "downstream", "'average_size':10,'delay':1000000");
    byte[] bytes = TestBed.bytes(100_000, 4);
    Peer client = client();
    Peer server = backend.next();
    CompletableFuture<Void> sent = DataPathTest.sending(server, bytes);
    byte[] first = client.receive(10);

    proxy.remove(slicer);

    assertThat(first).isEqualTo(Arrays.copyOf(bytes, 10));
    assertThat(client.receive(bytes.length - 10))
        .isEqualTo(Arrays.copyOfRange(bytes, 10, bytes.length));
    sent.join();
  }

  @Test
  void limitDataLetsExactlyThatManyBytesThrough() throws Exception {
    proxy.add("limit_data", "upstream", "'bytes':1000");
    Peer client = client();
    byte[] bytes = TestBed.bytes(5_000, 5);

    client.send(bytes);

    assertThat(backend.next().receiveAll()).isEqualTo(Arrays.copyOf(bytes, 1000));
    client.end();
  }

  @Test
  void limitDataGoesOnCountingAfterAnUpdate() throws Exception {
    String limit = proxy.add("limit_data", "upstream", "'bytes':100");
    Peer client = client();
    Peer server = backend.next();
    client.send(new byte[80]);
    server.receive(80);

    proxy.set(limit, "{'attributes':{'bytes':150}}");
    client.send(new byte[200]);

    assertThat(server.receiveAll()).hasSize(70);
  }

  @Test
  void resetPeerResetsBothSidesAtTheFirstData() throws Exception {
    proxy.add("reset_peer", "upstream", "'timeout':200");
    Peer client = client();
    Peer server = backend.next();
    boolean wasSilent = client.isSilent();

    long start = System.nanoTime();
    client.send("hello");

    assertThat(client.end()).isEqualTo(End.RESET);
    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(server.end()).isEqualTo(End.RESET);
    assertThat(wasSilent).isTrue();
  }

  @Test
  void toxicityIsRolledForEachConnection() throws Exception {
    String latency = proxy.add("latency", "upstream", "'latency':100000000");
    proxy.set(latency, "{'toxicity':0.5}");
    List<Peer> servers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      client().send("x");
      servers.add(backend.next());
    }

    boolean wasSilent = client().isSilent();
    int passed = 0;
    for (Peer server : servers) {
      passed += server.hasSomething() ? 1 : 0;
    }

    assertThat(wasSilent).isTrue();
    assertThat(passed).isBetween(8, 52);
  }

  @Test
  void toxicityOfNothingFreesAnOpenConnection() throws Exception {
    String latency = proxy.add("latency", "upstream", "'latency':100000000");
    Peer client = client();
    client.send("held");

    proxy.set(latency, "{'toxicity':0}");

    assertThat(backend.next().hear(4)).isEqualTo("held");
  }

  @Test
  void toxicsStayOverDisabling() throws Exception {
    proxy.add("latency", "upstream", "'latency':100");
    proxy.disable();
    proxy.add("latency", "downstream", "'latency':100");
    proxy.enable();
    Peer client = client();
    Peer server = backend.next();

    long start = System.nanoTime();
    client.send("ping");
    server.receive(4);
    server.send("pong");
    client.receive(4);

    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void aChainCountsBytesExactly() throws Exception {
    proxy.add("latency", "downstream", "'latency':20");
    proxy.add("slicer", "downstream", "'average_size':900,'size_variation':100");
    proxy.add("bandwidth", "downstream", "'rate':5000");
    proxy.add("limit_data", "downstream", "'bytes':77777");
    byte[] bytes = TestBed.bytes(100_000, 6);
    Peer client = client();

    CompletableFuture<Void> sent = DataPathTest.sending(backend.next(), bytes);

    assertThat(client.receive(77_777)).isEqualTo(Arrays.copyOf(bytes, 77_777));
    client.end();
    sent.handle((_, _) -> "").join();
  }

  @Test
  void otherProxiesOfTheSameServerAreLeftAlone() throws Exception {
    proxy.add("bandwidth", "upstream", "'rate':0");

    bed.connect(bed.proxy(backend)).send("hello");

    assertThat(new String(backend.next().receive(5), StandardCharsets.UTF_8)).isEqualTo("hello");
  }
}
