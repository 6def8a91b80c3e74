package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Finds out where a server is, anew for each connection, without keeping a loop waiting.
final class Upstream {

  private Upstream() {}

  /// Tells `next`, in the thread of `loop`, which addresses `text` stands for; none if it makes no
  /// sense.
  static void resolve(String text, Loop loop, Consumer<List<InetSocketAddress>> next) {
    HostPort target;
    try {
      target = HostPort.parse(text);
    } catch (ListenException _) {
      loop.execute(() -> next.accept(List.of()));
      return;
    }
    try {
      InetAddress host = target.isAnywhere() ? InetAddress.getLoopbackAddress() : target.literal();
      next.accept(List.of(new InetSocketAddress(host, target.port())));
    } catch (IllegalArgumentException _) {
      // A name, then: asking for its number may take its time.
      Thread.ofVirtual()
          .name("toxiproxy-resolver")
          .start(() -> {
            List<InetSocketAddress> found = lookUp(target);
            loop.execute(() -> next.accept(found));
          });
    }
  }

  private static List<InetSocketAddress> lookUp(HostPort target) {
    try {
      return Stream.of(InetAddress.getAllByName(target.host()))
          .map(address -> new InetSocketAddress(address, target.port()))
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
