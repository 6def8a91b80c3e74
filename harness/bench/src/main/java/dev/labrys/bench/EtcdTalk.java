package dev.labrys.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The protocol of etcd – gRPC over HTTP/2 –, as much of it as one request at a time takes.
///
/// A library would cost more than the servers it is to measure, on the same processors. This sends
/// what etcd's own client sends – its headers named by the table that both sides keep, so two small
/// frames a request – and skips what it does not need of the answers.
final class EtcdTalk implements Talk {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;

  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private static final int HEAD = 9;
  private static final int GRPC_HEAD = 5;
  private static final int FIRST_WINDOW = 65_535;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// In the static table: `:method POST`, `:scheme http`.
  private static final int POST = 0x83;

  private static final int HTTP = 0x86;

  /// A header that is added to the table, whose name is `:path`, `:authority`, `content-type`, or
  /// follows.
  private static final int ADD_PATH = 0x44;

  private static final int ADD_AUTHORITY = 0x41;
  private static final int ADD_CONTENT_TYPE = 0x5F;
  private static final int ADD_NAMED = 0x40;

  /// The headers above, once they are in the table: the last one added comes first.
  private static final byte[] KNOWN = {
    (byte) POST, (byte) HTTP, (byte) 0xC1, (byte) 0xC0, (byte) 0xBF, (byte) 0xBE
  };

  private final byte[] path;
  private final byte[] authority;
  private boolean areHeadersKnown;
  private int stream = -1;
  private long window = FIRST_WINDOW;
  private boolean isAnswered;
  private ByteBuffer found = ByteBuffer.allocate(0);

  /// @param method of the service `KV`: `Put` or `Range`
  EtcdTalk(String method, String authority) {
    this.path = ascii("/etcdserverpb.KV/" + method);
    this.authority = ascii(authority);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void greet(ByteBuffer out) {
    out.put(PREFACE);
    // No push, and so large windows that they need never be enlarged.
    head(12, SETTINGS, 0, 0, out);
    out.putShort((short) 2).putInt(0).putShort((short) 4).putInt(Integer.MAX_VALUE);
    head(4, WINDOW_UPDATE, 0, 0, out);
    out.putInt(Integer.MAX_VALUE - FIRST_WINDOW);
  }

  @Override
  public void put(byte[] key, byte[] value, ByteBuffer out) {
    int size = 1 + sizeOfNumber(key.length) + key.length;
    size += 1 + sizeOfNumber(value.length) + value.length;
    begin(size, out);
    field(1, key, out);
    field(2, value, out);
  }

  @Override
  public void get(byte[] key, ByteBuffer out) {
    begin(1 + sizeOfNumber(key.length) + key.length, out);
    field(1, key, out);
  }

  private void begin(int size, ByteBuffer out) {
    stream += 2;
    isAnswered = false;
    int start = out.position();
    head(0, HEADERS, END_HEADERS, stream, out);
    headers(out);
    // The length, which was not known before.
    int length = out.position() - start - HEAD;
    out.put(start + 1, (byte) (length >> 8)).put(start + 2, (byte) length);
    head(GRPC_HEAD + size, DATA, END_STREAM, stream, out);
    out.put((byte) 0).putInt(size);
    window -= GRPC_HEAD + size;
    if (window < 0) {
      throw new IllegalStateException("etcd has not said that it takes more");
    }
  }

  private void headers(ByteBuffer out) {
    if (areHeadersKnown) {
      out.put(KNOWN);
      return;
    }
    areHeadersKnown = true;
    out.put((byte) POST).put((byte) HTTP);
    text(ADD_PATH, path, out);
    text(ADD_AUTHORITY, authority, out);
    text(ADD_CONTENT_TYPE, ascii("application/grpc"), out);
    text(ADD_NAMED, ascii("te"), out);
    byte[] trailers = ascii("trailers");
    out.put((byte) trailers.length).put(trailers);
  }

  private static void text(int kind, byte[] text, ByteBuffer out) {
    out.put((byte) kind).put((byte) text.length).put(text);
  }

  private static void head(int length, int type, int flags, int stream, ByteBuffer out) {
    out.put((byte) (length >> 16)).putShort((short) length);
    out.put((byte) type).put((byte) flags).putInt(stream);
  }

  private static void field(int number, byte[] bytes, ByteBuffer out) {
    out.put((byte) (number << 3 | 2));
    int rest = bytes.length;
    while (rest > 0x7F) {
      out.put((byte) (rest | 0x80));
      rest >>= 7;
    }
    out.put((byte) rest).put(bytes);
  }

  private static int sizeOfNumber(int number) {
    return number < 1 << 7 ? 1 : number < 1 << 14 ? 2 : 3;
  }

  @Override
  public Heard take(ByteBuffer in, ByteBuffer out) throws IOException {
    while (in.remaining() >= HEAD) {
      int start = in.position();
      int length = (in.get(start) & 0xFF) << 16 | (in.getShort(start + 1) & 0xFFFF);
      if (in.remaining() - HEAD < length) {
        break;
      }
      int type = in.get(start + 3);
      int flags = in.get(start + 4);
      boolean isOfConnection = in.getInt(start + 5) == 0;
      ByteBuffer body = in.slice(start + HEAD, length);
      in.position(start + HEAD + length);
      if (type == WINDOW_UPDATE && isOfConnection) {
        window += body.getInt();
      }
      Heard heard = take(type, flags, body, out);
      if (heard != Heard.NOTHING) {
        return heard;
      }
    }
    return Heard.NOTHING;
  }

  private Heard take(int type, int flags, ByteBuffer body, ByteBuffer out) throws IOException {
    switch (type) {
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          head(0, SETTINGS, ACK, 0, out);
          return Heard.WELCOME;
        }
      }
      case PING -> {
        if ((flags & ACK) == 0) {
          head(body.remaining(), PING, ACK, 0, out);
          out.put(body);
        }
      }
      case DATA -> message(body);
      case RESET, GOAWAY -> throw new IOException("etcd ends the stream or the connection");
      default -> {}
    }
    boolean isEnd = (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    if (isEnd && !isAnswered) {
      throw new IOException("etcd has refused a request");
    }
    return isEnd ? Heard.ANSWER : Heard.NOTHING;
  }

  /// An answer to a request that failed has no message.
  private void message(ByteBuffer body) throws IOException {
    if (body.get() != 0 || body.getInt() != body.remaining()) {
      throw new IOException("a message that is compressed, or in pieces");
    }
    // Of both answers, the first field is the header, and the second the pairs that were found.
    field(body, 1);
    isAnswered = true;
    if (body.hasRemaining() && body.get(body.position()) == (2 << 3 | 2)) {
      found = field(field(body, 2), 5);
    }
  }

  /// The content of the field `wanted`, which consists of bytes.
  private static ByteBuffer field(ByteBuffer message, int wanted) throws IOException {
    while (message.hasRemaining()) {
      int tag = message.get();
      int number = number(message);
      if ((tag & 7) == 2) {
        ByteBuffer content = message.slice(message.position(), number);
        message.position(message.position() + number);
        if (tag >> 3 == wanted) {
          return content;
        }
      }
    }
    throw new IOException("an answer without the field " + wanted);
  }

  private static int number(ByteBuffer message) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte octet = message.get();
      number |= (octet & 0x7FL) << shift;
      if (octet >= 0) {
        return (int) number;
      }
    }
  }

  @Override
  public ByteBuffer found() {
    return found;
  }
}
