package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Toxics that come and go under traffic: no byte is lost or reordered, and no connection ends.
final class LiveChangesTest {
  private static final int ROUNDS = 40;
  private static final int MIB = 1 << 20;

  private final TestBed bed = TestBed.open();
  private final TestProxy proxy = bed.proxy(bed.with(Backend.echo()));

  @AfterEach
  void close() {
    bed.close();
  }

  /// Has megabytes echoed on some connections, again and again, while `change` is done.
  private void underTraffic(int connections, IntConsumer change) throws IOException {
    List<Peer> clients = new ArrayList<>();
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    byte[] bytes = TestBed.bytes(2 * MIB, 1);
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                change.accept(round);
              }
            },
            Thread::startVirtualThread);
    for (int i = 0; i < connections; i++) {
      clients.add(bed.connect(proxy));
    }

    do {
      sent.clear();
      clients.forEach(client -> sent.add(DataPathTest.sending(client, bytes)));
      for (Peer client : clients) {
        assertThat(client.receive(bytes.length)).isEqualTo(bytes);
      }
      sent.forEach(CompletableFuture::join);
    } while (!changes.isDone());

    changes.join();
  }

  private static String stream(int round) {
    return round % 2 == 0 ? "upstream" : "downstream";
  }

  @Test
  void toxicsComeAndGo() throws IOException {
    String[][] menu = {
      {"latency", "'latency':10,'jitter':5"},
      {"slicer", "'average_size':700,'size_variation':300,'delay':10"},
      {"bandwidth", "'rate':50000"},
      {"noop", ""},
      {"slow_close", "'delay':100"},
      {"limit_data", "'bytes':1099511627776"},
      {"bandwidth", "'rate':0"}
    };

    underTraffic(
        1,
        round -> {
          String[] choice = menu[round % menu.length];
          proxy.remove(proxy.add(choice[0], stream(round), choice[1]));
        });

    assertThat(proxy.show().get("toxics").getAsJsonArray()).isEmpty();
  }

  @Test
  void oursComeAndGo() throws IOException {
    bed.needsOurs();
    underTraffic(
        1,
        round -> {
          String hold = proxy.add("hold", stream(round), "");
          String delay = proxy.add("delay", stream(round / 2), "'delay':3,'buffer':100000");
          proxy.remove(hold);
          proxy.remove(delay);
        });

    assertThat(proxy.show().get("toxics").getAsJsonArray()).isEmpty();
  }

  @Test
  void toxicsAreUpdated() throws IOException {
    String latency = proxy.add("latency", "upstream", "'latency':3");
    String bandwidth = proxy.add("bandwidth", "downstream", "'rate':100000");
    String slicer = proxy.add("slicer", "downstream", "'average_size':2000");

    underTraffic(
        2,
        round -> {
          proxy.set(
              latency, "{'attributes':{'latency':%d,'jitter':%d}}".formatted(round % 6, round % 3));
          proxy.set(bandwidth, "{'attributes':{'rate':%d}}".formatted(50_000 + 1_000 * round));
          proxy.set(slicer, "{'attributes':{'average_size':%d}}".formatted(500 + 100 * round));
          proxy.set(slicer, "{'toxicity':%d}".formatted(round % 2));
        });

    assertThat(proxy.show().get("toxics").getAsJsonArray()).hasSize(3);
  }

  @Test
  void oneInTheMiddleGoesAndComesBack() throws IOException {
    for (String name : List.of("latency", "slicer", "slow_close")) {
      proxy.add(name, "upstream", "'latency':2,'average_size':5000,'delay':1");
    }

    underTraffic(
        1,
        _ -> {
          proxy.remove("slicer_upstream");
          proxy.add("slicer", "upstream", "'average_size':3000");
        });

    assertThat(proxy.show().get("toxics").getAsJsonArray()).hasSize(3);
  }

  @Test
  void manyConnectionsAreChangedAtOnce() throws IOException {
    underTraffic(
        20,
        round -> {
          String latency = proxy.add("latency", stream(round), "'latency':5");
          proxy.remove(latency);
        });

    assertThat(proxy.show().get("toxics").getAsJsonArray()).isEmpty();
  }
}
