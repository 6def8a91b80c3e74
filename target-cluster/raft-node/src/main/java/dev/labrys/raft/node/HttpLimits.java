package dev.labrys.raft.node;

import java.util.Map;

/// What the JDK's HTTP server is held to. It reads its limits from the properties of the process,
/// once.
final class HttpLimits {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Answers are small, and must not wait for the acknowledgement of the one before.
          "sun.net.httpserver.nodelay",
          "true",
          "jdk.httpserver.maxConnections",
          Integer.toString(OpenFiles.ofThisProcess().http()),
          "sun.net.httpserver.maxIdleConnections",
          "512",
          "sun.net.httpserver.idleInterval",
          "60",
          // Milliseconds between looks for those who connected and said nothing.
          "sun.net.httpserver.clockTick",
          "1000",
          // Seconds for a request to come in as a whole, and for an answer to be taken. The server
          // can't be told to let newcomers in place of those who are slow: they are kept out for as
          // long as this.
          "sun.net.httpserver.maxReqTime",
          "5",
          "sun.net.httpserver.maxRspTime",
          "30",
          "sun.net.httpserver.maxReqHeaders",
          "64",
          "sun.net.httpserver.maxReqHeaderSize",
          "16384");

  private HttpLimits() {}

  /// Sets what the process has not set by itself.
  static void apply() {
    PROPERTIES.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
