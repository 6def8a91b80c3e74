package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class ToxiproxyCommandTest {
  private static final Path HERE = Path.of("");
  private static final long PATIENCE_SECONDS = 60;

  @Test
  void itTellsWhereItListensAndEndsWhenItsUserHasEnough() throws Exception {
    Lines out = new Lines();
    Terminal terminal = Typed.terminal(HERE, "", out, new ByteArrayOutputStream());
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(() -> Labrys.run(terminal, "toxiproxy", "--port", "0"));
    URI version = URI.create(out.first().replaceFirst(".* listens on ", "") + "/version");

    String answer = get(version);
    terminal.interrupt();

    assertThat(answer).isEqualTo("{\"version\": \"2.12.0\"}\n");
    assertThat(exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
    Assertions.assertThatThrownBy(() -> get(version)).isInstanceOf(ConnectException.class);
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  @Test
  void aPortThatIsTakenIsToldInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Typed typed = Typed.in(HERE, "toxiproxy", "--port", port);

      assertThat(typed.exitCode()).isEqualTo(69);
      assertThat(typed.out()).isEmpty();
      assertThat(typed.err())
          .startsWith("labrys: can't listen on 127.0.0.1:" + port)
          .contains("choose another --port")
          .hasLineCount(1);
    }
  }

  @Test
  void aHostThatIsNoneIsToldInOneLine() {
    Typed typed = Typed.in(HERE, "toxiproxy", "--host", "no.such.host.invalid");

    assertThat(typed.exitCode()).isEqualTo(69);
    assertThat(typed.err())
        .isEqualTo("labrys: --host: this machine knows no host no.such.host.invalid\n");
  }

  @Test
  void aPortThatIsNoneIsWrongUsage() {
    assertThat(Typed.in(HERE, "toxiproxy", "--port", "65536").exitCode()).isEqualTo(64);
    assertThat(Typed.in(HERE, "toxiproxy", "--port", "x").exitCode()).isEqualTo(64);
  }

  /// What is printed, of which the first line can be waited for.
  private static final class Lines extends ByteArrayOutputStream {
    private final CountDownLatch hasLine = new CountDownLatch(1);

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      super.write(bytes, from, count);
      if (toString(StandardCharsets.UTF_8).contains("\n")) {
        hasLine.countDown();
      }
    }

    String first() throws InterruptedException {
      assertThat(hasLine.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    }
  }
}
