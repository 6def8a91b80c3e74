package dev.labrys.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Ports of this machine that nobody listens on.
///
/// Nodes must be told their ports before they start and find them again after a restart, so a port
/// is chosen for good. That nobody else takes it meanwhile is likely, not certain; a node that
/// finds its port taken says so.
public final class FreePorts {

  private FreePorts() {}

  /// So many ports of the loopback interface, all different.
  public static List<Integer> take(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
