package dev.labrys.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ports of this machine that nobody listens on.
///
/// Nodes must be told their ports before they start and find them again after a restart, so a port
/// is chosen for good. It is one that no operating system gives to connections by itself, or any of
/// them would take the port of a node that is down. This process gives none twice while there are
/// others. That nobody else takes it meanwhile is likely, not certain; a node that finds its port
/// taken says so.
public final class FreePorts {

  /// Below this, Linux gives no port to connections, nor does anybody else.
  private static final int END = 32_768;

  /// Below this are the ports of well-known services.
  private static final int START = 15_000;

  /// Whoever was given a port may not listen on it yet.
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /// So many ports of the loopback interface, all different.
  public static List<Integer> take(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      // Anywhere, so that those who look at the same time don't find the same.
      int first =
          Math.floorMod(
              Objects.hash(ProcessHandle.current().pid(), System.nanoTime()), END - START);
      for (int i = 0; i < END - START && held.size() < count; i++) {
        hold(START + (first + i) % (END - START), held);
      }
      if (held.size() < count) {
        GIVEN.clear();
      }
      while (held.size() < count) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static void hold(int port, List<ServerSocket> held) throws IOException {
    if (!GIVEN.add(port)) {
      return;
    }
    try {
      held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (BindException taken) {
      // The next one will do.
    }
  }
}
