package dev.labrys.toxiproxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Requests and responses of HTTP/1.1, each with its body. The type of a request is its method, and
/// that of a response its status.
///
/// After a switch of protocols, and in a body that ends with the connection, all is passed as it
/// is. What answers `HEAD` looks as if a body followed: then the stream is given up after a while.
final class HttpFraming implements Framing {
  private static final int LONGEST_HEAD = 1 << 16;
  private static final int LONGEST_LINE = 1 << 12;
  private static final Pattern REQUEST = Pattern.compile("([A-Z]{1,32}) \\S+ HTTP/1\\.[01]");
  private static final Pattern RESPONSE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");

  @Override
  public Cutter beginning() {
    return new Messages();
  }

  private static final class Messages implements Cutter {
    /// Bytes of this message that have been looked at; of a head, without its end.
    private int seen;

    /// Of a message in chunks, once its head is known.
    private Optional<Message> head = Optional.empty();

    /// Whether the chunks are over, and only the lines behind them are left.
    private boolean isTrailing;

    @Override
    public Cut next(ByteBuffer bytes) {
      if (head.isPresent()) {
        return chunks(bytes);
      }
      int end = endOfHead(bytes);
      if (end < 0) {
        return mayBeMessage(bytes) ? Pending.MORE : Pending.NONSENSE;
      }
      seen = 0;
      List<String> lines = text(bytes, 0, end).lines().toList();
      Matcher request = REQUEST.matcher(lines.getFirst());
      Matcher response = RESPONSE.matcher(lines.getFirst());
      if (request.matches()) {
        return whole(bytes, new Message(end, request.group(1), Role.REQUEST), lines);
      }
      if (!response.matches() || response.group(1).equals("101")) {
        return Pending.NONSENSE;
      }
      Message message = new Message(end, response.group(1), Role.REPLY);
      return message.type().startsWith("1")
              || message.type().equals("204")
              || message.type().equals("304")
          ? message
          : whole(bytes, message, lines);
    }

    /// Whether more can make it one: told by its first letters, so that nothing else is held back.
    private static boolean mayBeMessage(ByteBuffer bytes) {
      byte first = bytes.get(bytes.position());
      return bytes.remaining() <= LONGEST_HEAD && first >= 'A' && first <= 'Z';
    }

    private int endOfHead(ByteBuffer bytes) {
      int start = bytes.position();
      for (int i = Math.max(0, seen - 3); i + 3 < bytes.remaining(); i++) {
        if (bytes.getInt(start + i) == 0x0D0A0D0A) {
          return i + 4;
        }
      }
      seen = bytes.remaining();
      return -1;
    }

    private Cut whole(ByteBuffer bytes, Message message, List<String> lines) {
      String encoding = "";
      String length = "";
      for (String line : lines.subList(1, lines.size())) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (name.equals("transfer-encoding")) {
          encoding = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
        } else if (name.equals("content-length")) {
          length = line.substring(colon + 1).strip();
        }
      }
      if (encoding.endsWith("chunked")) {
        head = Optional.of(message);
        seen = (int) message.length();
        isTrailing = false;
        return chunks(bytes);
      }
      if (LENGTH.matcher(length).matches()) {
        long all = message.length() + Long.parseLong(length);
        return new Message(all, message.type(), message.role());
      }
      return message.role() == Role.REQUEST && length.isEmpty() && encoding.isEmpty()
          ? message
          : Pending.NONSENSE;
    }

    private Cut chunks(ByteBuffer bytes) {
      while (seen < bytes.remaining()) {
        int end = endOfLine(bytes);
        if (end < 0) {
          return bytes.remaining() - seen > LONGEST_LINE ? nonsense() : Pending.MORE;
        }
        String line = text(bytes, seen, end - 2);
        if (isTrailing) {
          seen = end;
          if (line.isEmpty()) {
            return done();
          }
          continue;
        }
        Matcher chunk = CHUNK.matcher(line);
        long size = chunk.matches() ? Long.parseLong(chunk.group(1), 16) : -1;
        if (size < 0 || size > Limits.MESSAGE) {
          return nonsense();
        }
        isTrailing = size == 0;
        seen = isTrailing ? end : (int) Math.min(Integer.MAX_VALUE, end + size + 2);
      }
      return Pending.MORE;
    }

    private Cut done() {
      Message message = head.orElseThrow();
      Cut whole = new Message(seen, message.type(), message.role());
      head = Optional.empty();
      seen = 0;
      return whole;
    }

    private Cut nonsense() {
      head = Optional.empty();
      return Pending.NONSENSE;
    }

    /// Behind the line at `seen`; negative if it is not there as a whole.
    private int endOfLine(ByteBuffer bytes) {
      int start = bytes.position();
      for (int i = seen; i + 1 < bytes.remaining(); i++) {
        if (bytes.getShort(start + i) == 0x0D0A) {
          return i + 2;
        }
      }
      return -1;
    }

    private static String text(ByteBuffer bytes, int from, int to) {
      byte[] text = new byte[to - from];
      bytes.get(bytes.position() + from, text);
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }
}
