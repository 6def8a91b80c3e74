package dev.labrys.cluster.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Sweep;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runs at a server that outlives them.
@Timeout(120)
final class ProxyLeftoversTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Address NOWHERE = new Address(LOOPBACK, 9);

  private ToxiproxyServer server;
  private Address api;
  private ProxyLeftovers leftovers;

  @BeforeEach
  void start() throws IOException {
    server = ToxiproxyServer.start(ToxiproxyOptions.anywhere(name -> new Random(name.hashCode())));
    api = new Address(LOOPBACK, server.address().getPort());
    leftovers = new ProxyLeftovers(api);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private List<String> there() throws IOException {
    return new ToxicApi(api).proxies();
  }

  @Test
  void whatAKilledRunnerLeftIsRemovedAndNothingElse() throws IOException {
    ToxiproxyClient client = new ToxiproxyClient(LOOPBACK, api.port());
    client.createProxy("of-somebody-else", LOOPBACK + ":0", NOWHERE.toString());
    client.createProxy("labrys.run.clients.n1", LOOPBACK + ":0", NOWHERE.toString());
    Process killed = LonelyLinks.start(api);
    try (LinkProxies living = LinkProxies.shared(api)) {
      living.between(new Party.Clients(), NodeId.numbered(1), NOWHERE, LOOPBACK);
      assertThat(leftovers.find(Sweep.ORPHANS)).isEmpty();
      assertThat(there()).hasSize(4);

      killed.destroyForcibly().onExit().join();

      List<String> found = leftovers.find(Sweep.ORPHANS);
      assertThat(found)
          .singleElement()
          .asString()
          .startsWith("proxy labrys.")
          .endsWith(".clients.n1 at " + api);
      assertThat(leftovers.remove(Sweep.ORPHANS)).isEqualTo(found);
      assertThat(leftovers.find(Sweep.ORPHANS)).isEmpty();
      assertThat(there()).hasSize(3).contains("of-somebody-else", "labrys.run.clients.n1");
      assertThat(leftovers.find(Sweep.ALL)).hasSize(1);
    } finally {
      killed.destroyForcibly().onExit().join();
    }
    assertThat(there()).containsExactlyInAnyOrder("of-somebody-else", "labrys.run.clients.n1");
  }

  @Test
  void whatWasMadeElsewhereIsLeftAlone() throws IOException {
    String here = RunMark.next().text();
    String elsewhere = "0".repeat(16) + here.substring(16);
    try (LinkProxies links = LinkProxies.at(api, elsewhere)) {
      links.between(new Party.Clients(), NodeId.numbered(1), NOWHERE, LOOPBACK);

      assertThat(leftovers.find(Sweep.ORPHANS)).isEmpty();
      assertThat(leftovers.find(Sweep.ALL)).isEmpty();
    }
  }

  @Test
  void whereNobodyAnswersIsSaid() {
    server.close();

    assertThatThrownBy(() -> leftovers.find(Sweep.ORPHANS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Toxiproxy server answers at");
    assertThatThrownBy(() -> LinkProxies.shared(api))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Toxiproxy server answers at");
  }
}
