package dev.labrys.runner;

import dev.labrys.history.Seed;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `labrys toxiproxy`: runs the embedded Toxiproxy by itself, until it is interrupted.
@Command(
    name = "toxiproxy",
    header = "Run a Toxiproxy: TCP proxies that do harm on request.",
    descriptionHeading = "%n",
    description = {
      "Speaks the HTTP API of Toxiproxy, so that any client of it can be used, with its eight"
          + " toxics and four more: hold, delay, blackhole and messages. Runs until it is"
          + " interrupted.",
      "",
      "Whoever reaches the API can make this machine connect anywhere: leave it on loopback unless"
          + " the network is yours."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys toxiproxy",
      "  curl -d '{\"name\":\"db\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:5432\"}' \\",
      "      127.0.0.1:8474/proxies",
      "  curl -d '{\"type\":\"hold\",\"stream\":\"upstream\"}' 127.0.0.1:8474/proxies/db/toxics"
    })
final class ToxiproxyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = ToxiproxyOptions.USUAL_HOST,
      description = "Where the API listens. Default: ${DEFAULT-VALUE}.")
  private String host = ToxiproxyOptions.USUAL_HOST;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + ToxiproxyOptions.USUAL_PORT,
      description = "At which port; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port = ToxiproxyOptions.USUAL_PORT;

  /// Absent: another one each time.
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What jitter, slices and toxicity are drawn from. Default: another each time.")
  private @Nullable Long seed;

  @Option(
      names = "--proxy-metrics",
      description = "Answer /metrics with the bytes that went through each proxy.")
  private boolean showsMetrics;

  ToxiproxyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (ToxiproxyServer server = start(options())) {
      terminal.onInterrupt(enough::countDown, closed);
      terminal.print(
          "toxiproxy %s listens on %s%n".formatted(ToxiproxyServer.VERSION, server.url()));
      enough.await();
    } finally {
      closed.countDown();
    }
    return ExitCode.SUCCESS.code();
  }

  private ToxiproxyOptions options() {
    Seed from = new Seed(seed == null ? System.nanoTime() : seed);
    try {
      return ToxiproxyOptions.anywhere(from::stream)
          .at(host, port)
          .with(
              showsMetrics
                  ? ToxiproxyOptions.MetricsChoice.SHOWN
                  : ToxiproxyOptions.MetricsChoice.HIDDEN);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage("--port: " + Diagnosis.messageOf(wrong));
    }
  }

  private static ToxiproxyServer start(ToxiproxyOptions options) {
    try {
      return ToxiproxyServer.start(options);
    } catch (UnknownHostException nowhere) {
      throw CommandFailure.unavailable(
          "--host: this machine knows no host " + Printable.line(options.host()));
    } catch (IOException failed) {
      throw CommandFailure.unavailable(
          "can't listen on %s:%d (%s): choose another --port, or 0 for any"
              .formatted(options.host(), options.port(), Diagnosis.messageOf(failed)));
    }
  }
}
