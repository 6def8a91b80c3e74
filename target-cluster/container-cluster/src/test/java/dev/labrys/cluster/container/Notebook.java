package dev.labrys.cluster.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A server that notes each of its starts in a file, and tells over HTTP what it sees. It runs in
/// the containers of the tests and needs nothing but the JDK.
final class Notebook {
  private final Path notes;

  private Notebook(Path notes) {
    this.notes = notes;
  }

  /// Serves until it is ended.
  ///
  /// @param arguments its host, its ports, and its folder
  public static void main(String... arguments) throws IOException {
    Path notes = Path.of(arguments[3], "starts");
    Files.writeString(notes, "started\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Notebook notebook = new Notebook(notes);
    for (int port = 1; port <= 2; port++) {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(arguments[0], Integer.parseInt(arguments[port])), 0);
      server.createContext("/", notebook::answer);
      server.start();
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("BYE")));
    System.out.println("READY");
    System.err.println("this is on standard error");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] text = tell(path).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private String tell(String path) throws IOException {
    return switch (path) {
      case "/starts" -> Integer.toString(Files.readAllLines(notes).size());
      case "/processors" -> Integer.toString(Runtime.getRuntime().availableProcessors());
      case String other when other.startsWith("/ask/") ->
          Http.get(URI.create("http://" + other.substring("/ask/".length()) + "/starts"));
      default -> "hello";
    };
  }
}
