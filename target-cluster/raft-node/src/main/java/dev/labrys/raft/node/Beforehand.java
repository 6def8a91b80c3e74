package dev.labrys.raft.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;

/// What takes a descriptor when it is needed for the first time, and is needed when there may be
/// none.
final class Beforehand {

  /// What a node ends with: a class may be in a file of its own.
  static final List<Class<?>> ENDING =
      List.of(Node.End.Asked.class, Node.End.Failed.class, Farewell.class, Joining.class);

  private Beforehand() {}

  /// Has the Java runtime open what it needs for virtual threads that wait for sockets. If it could
  /// not when the first of them waits, none could ever wait again.
  static void waitForSocket() {
    Joining.join(
        Thread.ofVirtual()
            .name("beforehand")
            .start(() -> {
              try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                socket.setSoTimeout(1);
                socket.accept().close();
              } catch (SocketTimeoutException nobody) {
                // As expected: it has waited.
              } catch (IOException refused) {
                throw new UncheckedIOException(refused);
              }
            }));
  }
}
