package dev.labrys.toxiproxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Reads requests of HTTP/1.1 from one connection, within limits of size and time.
final class HttpReader {
  private static final int BUFFER = 1 << 13;
  private static final long MILLI = 1_000_000;

  private final Socket socket;
  private final InputStream in;
  private final LongSupplier clock;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int filled;
  private long deadline;
  private int headLeft;

  HttpReader(Socket socket, LongSupplier clock) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.clock = clock;
  }

  /// The next request; none if the client has said all.
  ///
  /// @throws HttpException if it is none
  Optional<HttpRequest> read() throws IOException {
    deadline = clock.getAsLong() + Limits.IDLE_MILLIS * MILLI;
    if (next == filled && !fill()) {
      return Optional.empty();
    }
    deadline = clock.getAsLong() + Limits.REQUEST_MILLIS * MILLI;
    headLeft = Limits.HEAD;
    String line = line();
    int method = line.indexOf(' ');
    int target = line.lastIndexOf(' ');
    String version = line.substring(target + 1);
    if (method <= 0 || target <= method || !version.startsWith("HTTP/1.")) {
      throw new HttpException(400, "this is no request of HTTP/1.1");
    }
    Map<String, String> headers = headers();
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    return Optional.of(
        new HttpRequest(
            line.substring(0, method),
            line.substring(method + 1, target),
            headers,
            body(headers),
            keepsAlive(version, headers.getOrDefault("connection", ""))));
  }

  private static boolean keepsAlive(String version, String connection) {
    String wish = connection.toLowerCase(Locale.ROOT);
    return version.equals("HTTP/1.0") ? wish.contains("keep-alive") : !wish.contains("close");
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new HttpException(400, "a header has no name");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.putIfAbsent(name, line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String body(Map<String, String> headers) throws IOException {
    String coding = headers.get("transfer-encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new HttpException(400, "a transfer coding other than chunked");
      }
      return chunks();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    copy(length(headers.getOrDefault("content-length", "0"), 10, 0), body);
    return body.toString(StandardCharsets.UTF_8);
  }

  private String chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      headLeft = Limits.HEAD;
      String line = line();
      int semicolon = line.indexOf(';');
      String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
      int length = length(size, 16, body.size());
      if (length == 0) {
        headers();
        return body.toString(StandardCharsets.UTF_8);
      }
      copy(length, body);
      if (!line().isEmpty()) {
        throw new HttpException(400, "a chunk is longer than it says");
      }
    }
  }

  private static int length(String text, int radix, int before) throws HttpException {
    long length;
    try {
      length = Long.parseLong(text, radix);
    } catch (NumberFormatException _) {
      throw new HttpException(400, "'" + text + "' is no length");
    }
    if (length < 0 || text.startsWith("+")) {
      throw new HttpException(400, "'" + text + "' is no length");
    }
    if (length > Limits.BODY - before) {
      throw new HttpException(413, "a body of more than %d bytes".formatted(Limits.BODY));
    }
    return (int) length;
  }

  private void copy(int count, ByteArrayOutputStream to) throws IOException {
    int left = count;
    while (left > 0) {
      need();
      int part = Math.min(left, filled - next);
      to.write(buffer, next, part);
      next += part;
      left -= part;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      need();
      byte read = buffer[next++];
      if (read == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      if (--headLeft < 0) {
        throw new HttpException(431, "a head of more than %d bytes".formatted(Limits.HEAD));
      }
      line.write(read);
    }
  }

  private void need() throws IOException {
    if (next == filled && !fill()) {
      throw new EOFException("the request is cut off");
    }
  }

  /// Whether there was something more to read.
  private boolean fill() throws IOException {
    long left = (deadline - clock.getAsLong()) / MILLI;
    if (left <= 0) {
      throw new SocketTimeoutException("the request takes too long");
    }
    socket.setSoTimeout((int) left);
    int count = in.read(buffer);
    next = 0;
    filled = Math.max(0, count);
    return count > 0;
  }
}
