package dev.labrys.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands between the parties of a cluster, and so can keep bytes back.
public interface Links extends AutoCloseable {

  /// Why a proxy loses no packets.
  String NO_PACKETS = "a proxy passes bytes on, and sees no packets: choose links by the kernel";

  /// Why no byte can be kept back; empty if it can.
  Optional<String> obstacle();

  /// Why single messages can't be lost; empty if they can.
  default Optional<String> messageObstacle() {
    return obstacle().or(() -> Optional.of("nobody knows where one of its messages ends"));
  }

  /// `others`, and what these links can do.
  default Capabilities add(Capabilities others) {
    return others
        .probed(Capability.CUT_LINKS, obstacle())
        .probed(Capability.CUT_ONE_WAY, obstacle())
        .probed(Capability.DELAY_LINKS, obstacle())
        .probed(Capability.DROP_MESSAGES, messageObstacle())
        .without(Capability.DROP_PACKETS, obstacle().orElse(NO_PACKETS));
  }

  /// Told, before a link is asked for, that nodes have addresses of their own on a bridge of this
  /// machine. Not told where they have none.
  ///
  /// @param namespace the file of the network namespace that the bridge is in; empty if that is the
  ///   runner's own
  default void onBridge(Optional<Path> namespace) throws IOException {}

  /// Where `from` is to connect to, so that it reaches `to`. Asked again, it gives the same answer.
  ///
  /// @param upstream where `to` listens
  /// @param host by which `from` reaches this machine
  Address between(Party from, NodeId to, Address upstream, String host) throws IOException;

  /// As [Cluster#network], for all links there are.
  void set(Map<Way, Passage> passages) throws IOException;

  /// As [Cluster#takeRemarks], of what is healed.
  default List<String> takeRemarks() {
    return List.of();
  }

  @Override
  void close() throws IOException;

  /// Nothing: everybody connects to everybody else, and nothing can be kept back.
  static Links direct() {
    return new Links() {
      private static final String OBSTACLE = "nodes hear each other without a proxy";

      @Override
      public Optional<String> obstacle() {
        return Optional.of(OBSTACLE);
      }

      @Override
      public Address between(Party from, NodeId to, Address upstream, String host) {
        return upstream;
      }

      @Override
      public void set(Map<Way, Passage> passages) {
        if (!passages.isEmpty()) {
          throw new UnsupportedOperationException(OBSTACLE);
        }
      }

      @Override
      public void close() {}
    };
  }
}
