package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import eu.rekawek.toxiproxy.model.toxic.ResetPeer;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import eu.rekawek.toxiproxy.model.toxic.SlowClose;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Everything that the usual Java client of Toxiproxy can ask for.
final class ClientLibraryTest {
  private final TestBed bed = TestBed.open();
  private final ToxiproxyClient client = new ToxiproxyClient(bed.host(), bed.port());
  private final Backend backend = bed.with(Backend.echo());

  @AfterEach
  void close() {
    bed.close();
  }

  private Proxy create() throws IOException {
    return client.createProxy(TestBed.name(), "127.0.0.1:0", backend.address());
  }

  private static int port(Proxy proxy) {
    String listen = proxy.getListen();
    return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
  }

  private String echo(Proxy proxy) throws IOException {
    return bed.with(Peer.connect(port(proxy))).echo("hello");
  }

  @Test
  void proxiesAreMadeChangedAndDeleted() throws IOException {
    Proxy proxy = create();
    String first = echo(proxy);
    int before = port(proxy);
    proxy.disable();
    boolean wasEnabled = proxy.isEnabled();
    proxy.enable();
    proxy.setListen("127.0.0.1:0");
    proxy.setUpstream("localhost:" + backend.port());

    assertThat(first).isEqualTo("hello");
    assertThat(wasEnabled).isFalse();
    assertThat(port(proxy)).isNotEqualTo(before);
    assertThat(echo(proxy)).isEqualTo("hello");
    assertThat(client.version()).contains("version");
    assertThat(client.getProxies()).extracting(Proxy::getName).contains(proxy.getName());
    assertThat(client.getProxy(proxy.getName()).getUpstream()).startsWith("localhost:");
    proxy.delete();
    assertThat(client.getProxyOrNull(proxy.getName())).isNull();
  }

  @Test
  void errorsAreToldInWords() throws IOException {
    Proxy proxy = create();

    assertThatThrownBy(() -> client.createProxy(proxy.getName(), "127.0.0.1:0", "u:1"))
        .isInstanceOf(IOException.class)
        .hasMessage("[409] proxy already exists");
    assertThatThrownBy(() -> proxy.toxics().get("none"))
        .isInstanceOf(IOException.class)
        .hasMessage("[404] toxic not found");
    proxy.delete();
  }

  @Test
  void everyToxicIsAddedAndChanged() throws IOException {
    Proxy proxy = create();
    Latency latency = proxy.toxics().latency("la", ToxicDirection.UPSTREAM, 1);
    Bandwidth bandwidth = proxy.toxics().bandwidth("ba", ToxicDirection.DOWNSTREAM, 2);
    SlowClose slowClose = proxy.toxics().slowClose("sc", ToxicDirection.UPSTREAM, 3);
    Timeout timeout = proxy.toxics().timeout("ti", ToxicDirection.DOWNSTREAM, 4);
    Slicer slicer = proxy.toxics().slicer("sl", ToxicDirection.UPSTREAM, 5, 6);
    LimitData limitData = proxy.toxics().limitData("li", ToxicDirection.DOWNSTREAM, 7);
    ResetPeer resetPeer = proxy.toxics().resetPeer("re", ToxicDirection.UPSTREAM, 8);

    latency.setLatency(11).setJitter(12).setToxicity(0.5f);
    bandwidth.setRate(13);
    slowClose.setDelay(14);
    timeout.setTimeout(15);
    slicer.setAverageSize(16).setSizeVariation(17).setDelay(18);
    limitData.setBytes(19);
    resetPeer.setTimeout(20);

    assertThat(proxy.toxics().getAll())
        .extracting(toxic -> toxic.getName())
        .containsExactly("la", "sc", "sl", "re", "ba", "ti", "li");
    assertThat(proxy.toxics().get("la", Latency.class).getLatency()).isEqualTo(11);
    assertThat(proxy.toxics().get("la", Latency.class).getJitter()).isEqualTo(12);
    assertThat(proxy.toxics().get("la").getToxicity()).isEqualTo(0.5f);
    assertThat(proxy.toxics().get("sl", Slicer.class).getSizeVariation()).isEqualTo(17);
    resetPeer.remove();
    assertThat(proxy.toxics().getAll()).hasSize(6);
    proxy.delete();
  }

  @Test
  void resetHeals() throws IOException {
    Proxy proxy = create();
    proxy.toxics().bandwidth("cut", ToxicDirection.UPSTREAM, 0);
    proxy.disable();

    client.reset();

    assertThat(echo(proxy)).isEqualTo("hello");
    assertThat(proxy.toxics().getAll()).isEmpty();
    proxy.delete();
  }
}
