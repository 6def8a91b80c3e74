package dev.labrys.raft.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/// JSON over HTTP/1.1: what clients in any language speak, and people with a command line.
///
/// Each request has a virtual thread to itself, which waits for the [Loop] like any other client.
final class HttpApi implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final HttpCommands commands;
  private final HttpAdmin admin;
  private final int mostBytes;

  HttpApi(HttpServer server, Node node, NodeOptions options, NodeLog log) {
    this.server = server;
    this.threads = Executors.newThreadPerTaskExecutor(threads(options.node().toString(), log));
    this.commands = new HttpCommands(node, options);
    this.admin = new HttpAdmin(node, options, log);
    this.mostBytes = options.limits().commandBytes();
  }

  /// Threads whose end costs one client its answer, and nobody else anything. Memory that is out
  /// may be missed anywhere.
  static ThreadFactory threads(String node, NodeLog log) {
    return Thread.ofVirtual()
        .name(node + "-http-", 1)
        .uncaughtExceptionHandler((thread, bug) -> {
          Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
          if (bug instanceof OutOfMemoryError && usual != null) {
            usual.uncaughtException(thread, bug);
          } else {
            log.event("request-failed").with("reason", bug.toString()).write();
          }
        })
        .factory();
  }

  void start() {
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpAnswer answer = answer(exchange);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (!answer.location().isEmpty()) {
        exchange.getResponseHeaders().set("Location", answer.location());
      }
      exchange.sendResponseHeaders(answer.code(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestHeaders().containsKey("Origin")) {
      return HttpAnswer.refused(403, "origin", "pages of other servers have no business here");
    }
    byte[] body;
    try (InputStream in = exchange.getRequestBody()) {
      body = in.readNBytes(mostBytes + 1);
    }
    if (body.length > mostBytes) {
      exchange.getResponseHeaders().set("Connection", "close");
      return HttpAnswer.refused(
          413, "too-large", "a body of more than %d bytes".formatted(mostBytes));
    }
    try {
      if (path.startsWith("/v1/")) {
        return commands.answer(exchange, path, body);
      }
      return admin.answer(exchange, path, body);
    } catch (BadRequestException wrong) {
      return HttpAnswer.refused(400, "bad-request", String.valueOf(wrong.getMessage()));
    } catch (IllegalArgumentException wrong) {
      return HttpAnswer.refused(400, "bad-request", String.valueOf(wrong.getMessage()));
    } catch (InterruptedException _) {
      return HttpAnswer.unknown("stopping", "this server is being stopped");
    }
  }

  /// Gives requests that are under way a moment, and ends.
  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
    threads.close();
  }
}
