package dev.labrys.cluster.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.links.LinkProxies.Whose;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Links between two nodes and clients, through the embedded server, with bytes on them.
///
/// They are driven as those of our server and as those of the real one are. With the system
/// property `toxiproxy.url` they are at the server that listens there.
@ParameterizedClass
@EnumSource(Whose.class)
final class LinkProxiesTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final Party CLIENTS = new Party.Clients();
  private static final String LOOPBACK = "127.0.0.1";
  private static final long MILLI = 1_000_000;

  private final String run = RunMark.next().text();
  private final Whose driven;
  private final List<AutoCloseable> open = new ArrayList<>();
  private ToxiproxyServer server;
  private Address api;
  private LinkProxies links;

  LinkProxiesTest(Whose driven) {
    this.driven = driven;
  }

  @BeforeEach
  void start() throws IOException {
    server = ToxiproxyServer.start(ToxiproxyOptions.anywhere(name -> new Random(name.hashCode())));
    String given = System.getProperty("toxiproxy.url", "");
    URI url = URI.create(given.isEmpty() ? server.url() : given);
    api = new Address(url.getHost(), url.getPort());
    links = LinkProxies.at(api, run);
    if (driven == Whose.FOREIGN) {
      links = links.taken(driven);
    }
  }

  /// Skips the test of what the real server can't do.
  private void needsOurs() {
    Assumptions.assumeTrue(
        driven == Whose.OURS && server.url().endsWith(":" + api.port()),
        "only our server does this");
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    links.close();
    server.close();
  }

  /// A connection that `from` opens to `to`.
  private Talk talk(Party from, NodeId to) throws IOException {
    Talk talk = Talk.through(upstream -> links.between(from, to, upstream, LOOPBACK));
    open.add(talk);
    return talk;
  }

  @Test
  void bytesPassWhereNothingIsWanted() throws IOException {
    Talk talk = talk(CLIENTS, N1);

    links.set(Map.of());

    talk.up().passes();
    talk.down().passes();
  }

  @Test
  void aCutHasADirectionWhoeverOpenedTheConnection() throws IOException {
    Talk opened = talk(new Party.Member(N1), N2);
    Talk accepted = talk(new Party.Member(N2), N1);

    links.set(Map.of(Way.between(N1, N2), Passage.Shut.HELD));

    opened.down().passes();
    accepted.up().passes();
    opened.up().isHeldWhile(opened.down()::passes);
    accepted.down().isHeldWhile(accepted.up()::passes);

    links.set(Map.of());

    opened.up().bringsWhatWasHeld();
    accepted.down().bringsWhatWasHeld();
    opened.up().passes();
  }

  @Test
  void otherLinksAreAsTheyWere() throws IOException {
    Talk cut = talk(CLIENTS, N1);
    Talk other = talk(CLIENTS, N2);

    links.set(Map.of(Way.toNode(N1), Passage.Shut.HELD, Way.toClients(N1), Passage.Shut.HELD));

    cut.up().isHeldWhile(other.up()::passes);
    cut.down().isHeldWhile(other.down()::passes);
  }

  @Test
  void lateBytesAreNotThereBeforeTheirTime() throws IOException {
    Talk talk = talk(CLIENTS, N1);

    links.set(Map.of(Way.toNode(N1), new Passage.Late(150 * MILLI, 50 * MILLI)));

    assertThat(talk.up().nanosToPass()).isGreaterThanOrEqualTo(100 * MILLI);
    links.set(Map.of());
    talk.up().passes();
  }

  @Test
  void whateverFollowsWhateverNothingIsLost() throws IOException {
    Talk talk = talk(CLIENTS, N1);
    Passage soon = new Passage.Late(5 * MILLI, 0);
    Passage later = new Passage.Late(20 * MILLI, 10 * MILLI);

    for (Passage passage :
        List.of(soon, later, Passage.Shut.HELD, soon, Passage.Shut.HELD, later, soon)) {
      links.set(Map.of(Way.toNode(N1), passage));
      talk.up().send();
    }
    links.set(Map.of());

    talk.up().bringsWhatWasHeld();
    talk.up().passes();
  }

  @Test
  void whatIsUnderWaySlowlyOutlivesACut() throws IOException {
    Talk talk = talk(CLIENTS, N1);
    Passage late = new Passage.Late(300 * MILLI, 0);
    for (Passage after : List.of(late, new Passage.Late(MILLI, 0))) {
      links.set(Map.of(Way.toNode(N1), late));
      for (int i = 0; i < 30; i++) {
        talk.up().send();
        talk.down().passes();
      }

      links.set(Map.of(Way.toNode(N1), Passage.Shut.HELD));
      links.set(Map.of(Way.toNode(N1), after));

      talk.up().bringsWhatWasHeld();
    }
  }

  @Test
  void whoDiesBehindACutHoldsUpNoHealing() throws IOException {
    Talk talk = talk(CLIENTS, N1);
    Talk witness = talk(CLIENTS, N2);
    links.set(Map.of(Way.toNode(N1), Passage.Shut.HELD, Way.toClients(N1), Passage.Shut.HELD));
    for (int i = 0; i < 10; i++) {
      talk.up().send();
      witness.down().passes();
    }
    talk.endAccepter();

    links.set(Map.of());

    try (Talk next = talk.again()) {
      next.up().passes();
    }
  }

  @Test
  void whoReadsNothingHoldsUpNoChange() throws IOException {
    Talk talk = talk(CLIENTS, N1);
    talk.up().fill();

    links.set(Map.of(Way.toNode(N1), Passage.Shut.HELD));
    links.set(Map.of());

    try (Talk next = talk.again()) {
      next.up().passes();
    }
  }

  @Test
  void aResetEndsConnectionsAndRefusesNewOnes() throws IOException {
    Talk talk = talk(CLIENTS, N1);

    links.set(Map.of(Way.toNode(N1), Passage.Shut.RESET));

    assertThat(talk.isOver()).isTrue();
    assertThatThrownBy(talk::again).isInstanceOf(IOException.class);
    links.set(Map.of());
    try (Talk next = talk.again()) {
      next.up().passes();
    }
  }

  @Test
  void aCutHidesTheEndOfAConnectionAndKeepsNewOnesOut() throws Exception {
    needsOurs();
    Talk talk = talk(CLIENTS, N1);
    links.set(Map.of(Way.toNode(N1), Passage.Shut.HELD, Way.toClients(N1), Passage.Shut.HELD));

    talk.endDown();
    assertThat(talk.isSeenToEndWithin(200)).isFalse();
    try (Socket newcomer = talk.knock()) {
      assertThat(talk.isAnsweredWithin(200)).isFalse();
      links.set(Map.of());
      assertThat(talk.isAnsweredWithin(60_000)).isTrue();
      assertThat(newcomer.isConnected()).isTrue();
    }
    assertThat(talk.isSeenToEndWithin(60_000)).isTrue();
  }

  private static Proxy proxyToN1(ToxiproxyClient meddler) throws IOException {
    return meddler.getProxies().stream()
        .filter(proxy -> proxy.getName().endsWith("clients.n1"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatOthersRemovedIsNoFailure() throws IOException {
    Talk talk = talk(CLIENTS, N1);
    links.set(Map.of(Way.toNode(N1), new Passage.Late(MILLI, 0)));
    ToxiproxyClient meddler = new ToxiproxyClient(api.host(), api.port());
    proxyToN1(meddler).toxics().getAll().getFirst().remove();

    links.set(Map.of());

    try (Talk again = talk.again()) {
      again.up().passes();
    }
  }

  @Test
  void aProxyThatSomebodyRemovedIsMadeAgainAndKeepsNoOtherCut() throws IOException {
    Talk removed = talk(CLIENTS, N1);
    Talk other = talk(CLIENTS, N2);
    links.set(Map.of(Way.toNode(N1), Passage.Shut.HELD, Way.toNode(N2), Passage.Shut.HELD));
    ToxiproxyClient meddler = new ToxiproxyClient(api.host(), api.port());
    proxyToN1(meddler).delete();

    links.set(Map.of());
    other.up().passes();
    links.set(Map.of(Way.toNode(N1), new Passage.Late(MILLI, 0)));
    try (Talk again = removed.again()) {
      again.up().passes();
    }
  }

  @Test
  void theSameLinkKeepsItsAddress() throws IOException {
    Address upstream = new Address(LOOPBACK, 9);

    assertThat(links.between(CLIENTS, N1, upstream, LOOPBACK))
        .isEqualTo(links.between(CLIENTS, N1, upstream, LOOPBACK))
        .isNotEqualTo(links.between(CLIENTS, N2, upstream, LOOPBACK));
  }

  @Test
  void nothingIsLeftAtTheServer() throws IOException {
    talk(CLIENTS, N1);
    ToxiproxyClient client = new ToxiproxyClient(api.host(), api.port());
    Proxy other = client.createProxy("of-somebody-else", LOOPBACK + ":0", LOOPBACK + ":9");
    open.add(other::delete);

    links.close();
    links.close();

    assertThat(client.getProxies())
        .extracting(Proxy::getName)
        .contains("of-somebody-else")
        .noneMatch(name -> name.contains(run));
  }

  @Test
  void whereNobodyAnswersIsSaid() {
    server.close();

    assertThatThrownBy(() -> LinkProxies.at(new Address(LOOPBACK, 9), "test"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Toxiproxy server answers at 127.0.0.1:");
  }
}
