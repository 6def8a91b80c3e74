package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Wire;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;

/// What servers send to each other over a connection: who they are, and then messages.
///
/// Messages go only from the one that opened the connection to the other, so that each direction
/// can be cut by itself.
final class PeerFrame {

  /// The opener says who it is: a [Hello].
  static final int HELLO = 1;

  /// The hello was accepted.
  static final int WELCOME = 2;

  /// It was not, and why.
  static final int REFUSED = 3;

  /// A message of Raft's.
  static final int MESSAGE = 4;

  /// The opener wants to know whether the other one is there.
  static final int PING = 5;

  /// It is.
  static final int PONG = 6;

  static final int HELLO_BYTES = 2_048;

  private static final String MAGIC = "labrys-peer";
  private static final int VERSION = 1;

  private PeerFrame() {}

  /// Who opens a connection, and to whom.
  ///
  /// @param mostPayload bytes of the largest frame that may come
  /// @param client where the opener's clients connect to, for redirects
  /// @param http where its HTTP clients do
  record Hello(
      String cluster, ServerId from, ServerId to, int mostPayload, String client, String http) {

    Bytes toBytes() {
      return new WireWriter(100)
          .text(MAGIC)
          .number(VERSION)
          .text(cluster)
          .number(from.number())
          .number(to.number())
          .number(mostPayload)
          .text(client)
          .text(http)
          .toBytes();
    }

    /// @throws FrameException if it is of another protocol, or of another version of this one
    static Hello read(WireReader body) throws FrameException, WireFormatException {
      if (!body.text().equals(MAGIC)) {
        throw new FrameException("it does not speak the protocol of peers");
      }
      long version = body.number();
      if (version != VERSION) {
        throw new FrameException(
            "it speaks version %d of the protocol of peers, this server %d"
                .formatted(version, VERSION));
      }
      Hello hello =
          new Hello(
              body.text(),
              server(body),
              server(body),
              (int) body.numberWithin(1, Integer.MAX_VALUE),
              body.text(),
              body.text());
      body.end();
      return hello;
    }
  }

  private static ServerId server(WireReader body) throws WireFormatException {
    return new ServerId((int) body.numberWithin(1, Integer.MAX_VALUE));
  }

  static Bytes encode(Message message) {
    return Wire.encode(message);
  }

  static Message message(WireReader body) throws WireFormatException {
    return Wire.message(body.rest());
  }
}
