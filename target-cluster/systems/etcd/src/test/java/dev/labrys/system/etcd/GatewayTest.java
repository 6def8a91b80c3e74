package dev.labrys.system.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.FreePorts;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a client makes of servers that fail it.
@Timeout(120)
final class GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Action WRITE = new Action("register", "write", Value.of("k"), Value.of(1));
  private static final Action READ = new Action("register", "read", Value.of("k"), Value.nil());

  private static Reply ask(ServerSocket server, Action action, Duration patience) {
    Address address = new Address("127.0.0.1", server.getLocalPort());
    try (EtcdClient client = new EtcdClient(address, Reads.LINEARIZABLE)) {
      return client.invoke(action, patience);
    }
  }

  /// What comes of an action when the server says that and hangs up.
  private static Reply askWhoSays(String answer, Action action) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> said =
          CompletableFuture.runAsync(() -> {
            try (Socket client = server.accept()) {
              int octets = client.getInputStream().read(new byte[4_096]);
              assertThat(octets).isPositive();
              client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException failed) {
              throw new AssertionError(failed);
            }
          });
      Reply reply = ask(server, action, PATIENCE);
      said.join();
      return reply;
    }
  }

  private static String answer(int status, String json) {
    return "HTTP/1.1 %d Status\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, json.length(), json);
  }

  @Test
  void whatNobodyHeardHasFailed() throws IOException {
    int nobodys = FreePorts.take(1).getFirst();
    try (EtcdClient client =
        new EtcdClient(new Address("127.0.0.1", nobodys), Reads.LINEARIZABLE)) {
      assertThat(client.invoke(WRITE, PATIENCE)).isEqualTo(Reply.failed("not-connected"));
    }
  }

  @Test
  void whatWasHeardAndNotAnsweredIsUnknownUnlessItOnlyReads() throws IOException {
    assertThat(askWhoSays("", WRITE)).isEqualTo(Reply.unknown("connection-lost"));
    assertThat(askWhoSays("", READ)).isEqualTo(Reply.failed("connection-lost"));
  }

  @Test
  void whoseTimeRunsOutIsUnknown() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(ask(mute, WRITE, Duration.ofMillis(200))).isEqualTo(Reply.unknown("timed-out"));
    }
  }

  @Test
  void anErrorIsUnknownUnlessEtcdSaysItDidNothing() throws IOException {
    String late = "{\"error\":\"etcdserver: request timed out\",\"code\":14}";
    assertThat(askWhoSays(answer(503, late), WRITE))
        .isEqualTo(Reply.unknown("etcdserver: request timed out"));
    assertThat(askWhoSays(answer(503, late), READ))
        .isEqualTo(Reply.failed("etcdserver: request timed out"));
    // Which it says after it has written, too.
    String full = "{\"error\":\"etcdserver: mvcc: database space exceeded\",\"code\":8}";
    assertThat(askWhoSays(answer(429, full), WRITE).outcome()).isEqualTo(Outcome.unknown());
    String wrong = "{\"error\":\"etcdserver: key is not provided\",\"code\":3}";
    assertThat(askWhoSays(answer(400, wrong), WRITE).outcome()).isEqualTo(Outcome.failed());
  }

  @Test
  void aKeyThatIsNotThereHoldsNothing() throws IOException {
    assertThat(askWhoSays(answer(200, "{\"header\":{\"revision\":\"7\"}}"), READ))
        .isEqualTo(Reply.of(Outcome.ok(Value.nil())));
  }

  @Test
  void anAnswerThatIsNoneIsUnknown() throws IOException {
    assertThat(askWhoSays(answer(200, "<html>"), WRITE).outcome()).isEqualTo(Outcome.unknown());
    assertThat(askWhoSays(answer(200, "{}"), WRITE).outcome()).isEqualTo(Outcome.unknown());
    assertThat(askWhoSays(answer(200, ""), WRITE).outcome()).isEqualTo(Outcome.unknown());
  }
}
