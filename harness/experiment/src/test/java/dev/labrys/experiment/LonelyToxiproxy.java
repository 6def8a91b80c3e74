package dev.labrys.experiment;

import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.util.Random;

/// A Toxiproxy for an image.
final class LonelyToxiproxy {
  private LonelyToxiproxy() {}

  /// Serves until it is ended.
  ///
  /// @param arguments `--host=` and `--port=`, as the real one takes them
  public static void main(String... arguments) throws IOException, InterruptedException {
    String host = arguments[0].replace("--host=", "");
    int port = Integer.parseInt(arguments[1].replace("--port=", ""));
    try (ToxiproxyServer server =
        ToxiproxyServer.start(
            ToxiproxyOptions.anywhere(name -> new Random(name.hashCode())).at(host, port))) {
      System.out.println("listens at " + server.url());
      Thread.currentThread().join();
    }
  }
}
