package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Where the API listens. Each client has a virtual thread to itself.
///
/// Of our own and not of the JDK, as that takes its limits from properties of the whole process.
final class HttpPort implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final long RESPITE_NANOS = 10_000_000;

  private final ServerSocket listener;
  private final Function<HttpRequest, HttpAnswer> handler;
  private final LongSupplier clock;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("toxiproxy-api-", 1).factory());

  private HttpPort(
      ServerSocket listener, Function<HttpRequest, HttpAnswer> handler, LongSupplier clock) {
    this.listener = listener;
    this.handler = handler;
    this.clock = clock;
  }

  /// Listens, and has `handler` answer each request.
  static HttpPort open(
      InetSocketAddress address, Function<HttpRequest, HttpAnswer> handler, LongSupplier clock)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
    } catch (IOException | RuntimeException failed) {
      listener.close();
      throw failed;
    }
    HttpPort port = new HttpPort(listener, handler, clock);
    port.threads.execute(port::accept);
    return port;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException _) {
        // Closed, which ends the loop; or a client that has gone again; or no socket is left, and
        // asking at once would be in vain.
        LockSupport.parkNanos(RESPITE_NANOS);
      }
    }
  }

  private void admit(Socket client) throws IOException {
    if (open.size() >= Limits.API_CONNECTIONS) {
      client.close();
      return;
    }
    open.add(client);
    if (listener.isClosed()) {
      client.close();
    }
    try {
      threads.execute(() -> answer(client));
    } catch (RejectedExecutionException closing) {
      client.close();
    }
  }

  private void answer(Socket client) {
    try (client) {
      serve(client);
    } catch (IOException _) {
      // The client has gone, or was too slow: nobody is left to be told.
    } finally {
      open.remove(client);
    }
  }

  private void serve(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    HttpReader reader = new HttpReader(client, clock);
    try {
      for (Optional<HttpRequest> next = reader.read(); next.isPresent(); next = reader.read()) {
        HttpRequest request = next.get();
        HttpAnswer answer = handler.apply(request);
        if (!request.keepsAlive()) {
          client.getOutputStream().write(answer.bytes(HttpAnswer.Ending.CLOSE));
          return;
        }
        client.getOutputStream().write(answer.bytes(HttpAnswer.Ending.KEEP_ALIVE));
      }
    } catch (HttpException wrong) {
      client.getOutputStream().write(wrong.answer().bytes(HttpAnswer.Ending.CLOSE));
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException _) {
      // It is closed all the same.
    }
    threads.close();
  }
}
