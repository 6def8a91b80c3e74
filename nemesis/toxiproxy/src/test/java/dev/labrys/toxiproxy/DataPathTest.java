package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// A proxy without toxics, which should be as good as none.
final class DataPathTest {
  private static final int MIB = 1 << 20;

  private final TestBed bed = TestBed.open();

  @AfterEach
  void close() {
    bed.close();
  }

  /// Sends meanwhile, as the receiver may have to read before all of it fits.
  static CompletableFuture<Void> sending(Peer peer, byte[] bytes) {
    return CompletableFuture.runAsync(() -> {
      try {
        peer.send(bytes);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    });
  }

  @Test
  void theServerMaySpeakFirst() throws IOException {
    TestProxy proxy =
        bed.proxy(bed.with(Backend.saying("220 hello".getBytes(StandardCharsets.UTF_8))));

    assertThat(bed.connect(proxy).hear(9)).isEqualTo("220 hello");
  }

  @Test
  void muchDataComesBackAsItWas() throws IOException {
    Peer client = bed.connect(bed.proxy(bed.with(Backend.echo())));
    byte[] bytes = TestBed.bytes(10 * MIB, 1);

    CompletableFuture<Void> sent = sending(client, bytes);

    assertThat(client.receive(bytes.length)).isEqualTo(bytes);
    sent.join();
  }

  @Test
  void oddLittlePiecesComeBackAsTheyWere() throws IOException {
    Peer client = bed.connect(bed.proxy(bed.with(Backend.echo())));
    byte[] bytes = TestBed.bytes(200_000, 2);
    int[] sizes = {1, 2, 3, 7, 100, 1000, 1448, 4096, 9000};

    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> {
          int at = 0;
          for (int i = 0; at < bytes.length; i++) {
            int end = Math.min(bytes.length, at + sizes[i % sizes.length]);
            sendPart(client, bytes, at, end);
            at = end;
          }
        });

    assertThat(client.receive(bytes.length)).isEqualTo(bytes);
    sent.join();
  }

  private static void sendPart(Peer client, byte[] bytes, int from, int to) {
    try {
      client.send(java.util.Arrays.copyOfRange(bytes, from, to));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void manyConnectionsAreNotMixedUp() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));
    List<Peer> clients = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      clients.add(bed.connect(proxy));
    }

    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).send(TestBed.bytes(5_000, i));
    }

    for (int i = 0; i < clients.size(); i++) {
      assertThat(clients.get(i).receive(5_000)).isEqualTo(TestBed.bytes(5_000, i));
    }
  }

  @Test
  void connectionsMayComeOneAfterAnother() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));

    for (int i = 0; i < 400; i++) {
      try (Peer client = Peer.connect(proxy.port())) {
        assertThat(client.echo("hello " + i)).isEqualTo("hello " + i);
      }
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsUpTheSender() throws Exception {
    Backend backend = bed.with(Backend.silent());
    TestProxy proxy = bed.proxy(backend);
    Peer client = bed.with(Peer.connectNarrow(proxy.port()));
    Peer server = backend.next();
    byte[] bytes = TestBed.bytes(64 * MIB, 3);

    CompletableFuture<Void> sent = sending(server, bytes);
    boolean wasHeldUp = client.isHeldUp(sent);

    assertThat(wasHeldUp).isTrue();
    assertThat(client.receive(bytes.length)).isEqualTo(bytes);
    sent.join();
  }

  @Test
  void anEndComesAfterAllData() throws Exception {
    Backend backend = bed.with(Backend.silent());
    TestProxy proxy = bed.proxy(backend);
    Peer client = bed.connect(proxy);
    Peer server = backend.next();

    client.send("last words").close();

    assertThat(new String(server.receiveAll(), StandardCharsets.UTF_8)).isEqualTo("last words");
  }

  @Test
  void anEndOfTheServerComesAfterAllData() throws Exception {
    Backend backend = bed.with(Backend.silent());
    Peer client = bed.connect(bed.proxy(backend));

    backend.next().send("last words").close();

    assertThat(new String(client.receiveAll(), StandardCharsets.UTF_8)).isEqualTo("last words");
  }

  @Test
  void halfAConnectionIsNone() throws Exception {
    Backend backend = bed.with(Backend.silent());
    Peer client = bed.connect(bed.proxy(backend));
    Peer server = backend.next();

    client.send("request").shutdownOutput();

    assertThat(new String(server.receiveAll(), StandardCharsets.UTF_8)).isEqualTo("request");
    client.end();
  }

  @Test
  void aResetEndsTheOtherSide() throws Exception {
    Backend backend = bed.with(Backend.silent());
    TestProxy proxy = bed.proxy(backend);
    Peer client = bed.connect(proxy);
    Peer server = backend.next();
    client.send("x");
    server.receive(1);

    client.reset();

    server.end();
    Peer other = bed.connect(proxy);
    backend.next().reset();
    other.end();
  }

  @Test
  void withoutAServerAClientIsClosed() throws IOException {
    int port = TestBed.freePort();
    TestProxy proxy = bed.proxy("127.0.0.1:" + port);

    Peer client = bed.connect(proxy);

    client.end();
    bed.with(Backend.at(port, Peer::echo));
    assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
  }

  @Test
  void aNameIsTriedAtAllItsAddresses() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName("localhost");
    Assumptions.assumeTrue(addresses.length > 1, "localhost has one address here");
    try (ServerSocket last = new ServerSocket(0, 1, addresses[addresses.length - 1])) {
      Peer client = bed.connect(bed.proxy("localhost:" + last.getLocalPort()));

      try (Socket accepted = last.accept()) {
        accepted.getOutputStream().write(7);
        assertThat(client.receive(1)).containsExactly(7);
      }
    }
  }

  @Test
  void anUpstreamThatMakesNoSenseClosesItsClients() throws IOException {
    for (String upstream : List.of("nonsense", "h:99999", "no.such.host.invalid:1", ":x")) {
      bed.connect(bed.proxy(upstream)).end();
    }
  }

  @Test
  void disablingEndsAndRefuses() throws Exception {
    Backend backend = bed.with(Backend.silent());
    TestProxy proxy = bed.proxy(backend);
    Peer client = bed.connect(proxy);
    Peer server = backend.next();

    proxy.disable();
    proxy.disable();

    client.end();
    server.end();
    assertThatThrownBy(() -> Peer.connect(proxy.port())).isInstanceOf(ConnectException.class);
  }

  @Test
  void enablingServesTheSamePort() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));
    int port = proxy.port();

    for (int i = 0; i < 30; i++) {
      proxy.disable();
      proxy.enable();
      assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
    }

    assertThat(proxy.port()).isEqualTo(port);
  }

  @Test
  void disablingLosesWhatToxicsHold() throws Exception {
    Backend backend = bed.with(Backend.silent());
    TestProxy proxy = bed.proxy(backend);
    proxy.add("latency", "upstream", "'latency':300000");
    Peer client = bed.connect(proxy);
    client.send("lost");
    Peer server = backend.next();

    proxy.disable();

    assertThat(server.receiveAll()).isEmpty();
  }

  @Test
  void disablingAmongManyBusyConnectionsEndsThemAll() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));
    List<CompletableFuture<Void>> busy = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Peer client = bed.connect(proxy);
      client.echo("hello");
      busy.add(
          CompletableFuture.runAsync(() -> talkUntilTheEnd(client), Thread::startVirtualThread));
    }

    proxy.disable();

    assertThat(busy).allSatisfy(each -> each.join());
  }

  private static void talkUntilTheEnd(Peer client) {
    try {
      while (true) {
        client.echo("z".repeat(2000));
      }
    } catch (IOException | AssertionError _) {
      // That was the end.
    }
  }
}
