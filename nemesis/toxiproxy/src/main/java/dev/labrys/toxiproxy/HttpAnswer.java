package dev.labrys.toxiproxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a request is answered with.
record HttpAnswer(int status, Map<String, String> headers, String body) {
  private static final String TYPE = "Content-Type";
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(204, "No Content"),
          Map.entry(301, "Moved Permanently"),
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"));

  HttpAnswer {
    headers = new LinkedHashMap<>(headers);
  }

  static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), "");
  }

  static HttpAnswer text(int status, String body) {
    return new HttpAnswer(status, Map.of(TYPE, TEXT), body);
  }

  static HttpAnswer json(int status, String body) {
    return new HttpAnswer(status, Map.of(TYPE, "application/json"), body);
  }

  /// An error as Toxiproxy tells it: JSON that is called text.
  static HttpAnswer error(ApiException wrong) {
    return text(wrong.status(), AnswerJson.error(wrong) + "\n")
        .with("X-Content-Type-Options", "nosniff");
  }

  HttpAnswer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpAnswer(status, more, body);
  }

  HttpAnswer withoutBody() {
    return new HttpAnswer(status, headers, "");
  }

  /// All of it, as it goes over the wire.
  byte[] bytes(HttpAnswer.Ending ending) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ');
    head.append(REASONS.getOrDefault(status, "Unknown")).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (status != 204) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    if (ending == Ending.CLOSE) {
      head.append("Connection: close\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + content.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return all;
  }

  /// What becomes of the connection afterwards.
  enum Ending {
    KEEP_ALIVE,
    CLOSE
  }
}
