package dev.labrys.cluster.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The messages by which the kernel hands out packets that wait for a verdict, and is told it.
///
/// A message is a header of netlink, one of netfilter, and attributes, each padded to four bytes.
/// Numbers are in the machine's order but for those that netfilter means, which are in the
/// network's. All of it is in the system's headers `netlink.h` and `nfnetlink_queue.h`.
final class QueueProtocol {
  private static final int RESULT = 2;
  private static final int PACKET = 3 << 8;
  private static final int VERDICT = 3 << 8 | 1;
  private static final int CONFIGURE = 3 << 8 | 2;

  private static final int IS_REQUEST = 1;
  private static final int WANTS_RESULT = 4;

  private static final int NETLINK_HEADER = 16;
  private static final int HEADERS = NETLINK_HEADER + 4;
  private static final int ATTRIBUTE_HEADER = 4;
  private static final int MOST_BYTES = 64;

  private static final int PACKET_ID = 1;
  private static final int PAYLOAD = 10;

  private static final int IP_HEADER = 20;
  private static final int SENDER_AT = 12;
  private static final int RECEIVER_AT = 16;

  private QueueProtocol() {}

  /// What the kernel says.
  sealed interface Message {
    /// A packet waits.
    record Handed(PacketGate.Waiting packet) implements Message {}

    /// A request was obeyed, or failed.
    ///
    /// @param error the system's number; 0 if there is none
    record Result(int error) implements Message {}

    /// Something that nobody waits for.
    record Other() implements Message {}
  }

  /// Asks to be given the packets of `queue`.
  static ByteBuffer bind(int queue) {
    return new Request(CONFIGURE, WANTS_RESULT, queue).attribute(1, number(1 << 24)).end();
  }

  /// Asks to be told the headers of packets.
  static ByteBuffer tellHeaders(int queue) {
    ByteBuffer copied = ByteBuffer.allocate(5).putInt(IP_HEADER).put((byte) 2).flip();
    return new Request(CONFIGURE, WANTS_RESULT, queue).attribute(2, copied).end();
  }

  /// Says how many packets may wait; what comes beyond them is dropped.
  static ByteBuffer limit(int queue, int packets) {
    return new Request(CONFIGURE, WANTS_RESULT, queue).attribute(3, number(packets)).end();
  }

  /// Asks that large packets stay whole, which whoever sends them out at last cuts up.
  static ByteBuffer leaveWhole(int queue) {
    int whole = 1 << 2;
    return new Request(CONFIGURE, WANTS_RESULT, queue)
        .attribute(4, number(whole))
        .attribute(5, number(whole))
        .end();
  }

  /// Lets a packet pass.
  static ByteBuffer accept(int queue, int id) {
    ByteBuffer verdict = ByteBuffer.allocate(8).putInt(1).putInt(id).flip();
    return new Request(VERDICT, 0, queue).attribute(2, verdict).end();
  }

  private static ByteBuffer number(int value) {
    return ByteBuffer.allocate(4).putInt(value).flip();
  }

  /// Something that is asked of the kernel.
  private static final class Request {
    private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.nativeOrder());

    Request(int type, int flags, int queue) {
      bytes.position(NETLINK_HEADER - 12);
      bytes.putShort((short) type).putShort((short) (IS_REQUEST | flags));
      bytes.position(NETLINK_HEADER + 2);
      bytes.put((byte) (queue >> 8)).put((byte) queue);
    }

    Request attribute(int type, ByteBuffer value) {
      bytes.putShort((short) (ATTRIBUTE_HEADER + value.remaining())).putShort((short) type);
      bytes.put(value).position(padded(bytes.position()));
      return this;
    }

    ByteBuffer end() {
      return bytes.flip().putInt(0, bytes.limit());
    }
  }

  /// Reads what the kernel says.
  static Message read(ByteBuffer message) {
    message.order(ByteOrder.nativeOrder());
    if (message.remaining() < HEADERS) {
      return new Message.Other();
    }
    return switch (message.getShort(4)) {
      case RESULT -> new Message.Result(-message.getInt(NETLINK_HEADER));
      case PACKET -> handed(message);
      default -> new Message.Other();
    };
  }

  private static Message handed(ByteBuffer message) {
    Optional<Integer> id = Optional.empty();
    Optional<Pair> pair = Optional.empty();
    int at = HEADERS;
    while (at + ATTRIBUTE_HEADER <= message.limit()) {
      int length = Short.toUnsignedInt(message.getShort(at));
      if (length < ATTRIBUTE_HEADER || at + length > message.limit()) {
        return new Message.Other();
      }
      ByteBuffer value = message.slice(at + ATTRIBUTE_HEADER, length - ATTRIBUTE_HEADER);
      switch (message.getShort(at + 2)) {
        case PACKET_ID -> id = Optional.of(value.getInt(0));
        case PAYLOAD -> pair = pair(value);
        default -> {}
      }
      at += padded(length);
    }
    return id.isPresent()
        ? new Message.Handed(new PacketGate.Waiting(id.get(), pair))
        : new Message.Other();
  }

  private static Optional<Pair> pair(ByteBuffer packet) {
    if (packet.remaining() < IP_HEADER || packet.get(0) >> 4 != 4) {
      return Optional.empty();
    }
    return Optional.of(new Pair(address(packet, SENDER_AT), address(packet, RECEIVER_AT)));
  }

  private static String address(ByteBuffer packet, int at) {
    return "%d.%d.%d.%d"
        .formatted(
            Byte.toUnsignedInt(packet.get(at)),
            Byte.toUnsignedInt(packet.get(at + 1)),
            Byte.toUnsignedInt(packet.get(at + 2)),
            Byte.toUnsignedInt(packet.get(at + 3)));
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
