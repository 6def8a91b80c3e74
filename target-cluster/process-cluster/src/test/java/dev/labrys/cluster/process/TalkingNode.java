package dev.labrys.cluster.process;

import dev.labrys.cluster.Address;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A node that sends a byte to another when it is asked to, and tells whether it comes back. Has
/// one connection to each other, and keeps it.
final class TalkingNode {
  private static final int PATIENCE_MILLIS = 500;
  private static final int MOST_SENT = 120;

  private final Map<Address, Socket> open = new HashMap<>();
  private int sent;

  private TalkingNode() {}

  /// Serves until it is ended.
  ///
  /// @param arguments host, port for clients, port for other nodes
  public static void main(String... arguments) throws IOException {
    try (ServerSocket clients = listen(arguments[0], arguments[1]);
        ServerSocket peers = listen(arguments[0], arguments[2])) {
      Thread.ofPlatform().daemon().start(() -> echoAll(peers));
      System.out.println("READY");
      TalkingNode node = new TalkingNode();
      while (true) {
        try (Socket client = clients.accept()) {
          node.serve(client);
        }
      }
    }
  }

  private static ServerSocket listen(String host, String port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(host, Integer.parseInt(port)));
    return socket;
  }

  private static void echoAll(ServerSocket peers) {
    try {
      while (true) {
        Socket peer = peers.accept();
        Thread.ofVirtual().start(() -> echo(peer));
      }
    } catch (IOException over) {
      System.out.println("no peer is heard any more: " + over);
    }
  }

  private static void echo(Socket peer) {
    try (peer) {
      peer.getInputStream().transferTo(peer.getOutputStream());
    } catch (IOException over) {
      System.out.println("a peer is gone: " + over);
    }
  }

  private void serve(Socket client) throws IOException {
    byte[] asked = client.getInputStream().readAllBytes();
    String[] peer = new String(asked, StandardCharsets.UTF_8).strip().split(" ", 2);
    boolean isHeard = speak(new Address(peer[0], Integer.parseInt(peer[1])));
    client.getOutputStream().write((isHeard ? "heard" : "mute").getBytes(StandardCharsets.UTF_8));
  }

  private boolean speak(Address peer) throws IOException {
    Socket socket = open.get(peer);
    if (socket == null) {
      socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(peer.host(), peer.port()), PATIENCE_MILLIS);
      } catch (SocketTimeoutException mute) {
        socket.close();
        return false;
      }
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      open.put(peer, socket);
    }
    sent = (sent + 1) % MOST_SENT;
    OutputStream out = socket.getOutputStream();
    out.write(sent);
    try {
      // What was held back before comes first.
      int heard = socket.getInputStream().read();
      while (heard >= 0 && heard != sent) {
        heard = socket.getInputStream().read();
      }
      return heard == sent;
    } catch (SocketTimeoutException mute) {
      return false;
    }
  }
}
