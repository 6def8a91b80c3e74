package dev.labrys.toxiproxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Messages that begin with their length: `length:4:big` is one of four bytes, the highest first.
///
/// With `length:4:big:8`, eight bytes follow that the length does not count, and with
/// `length:4:big:-4` it counts itself. Nobody can find into such a stream later on.
///
/// @param width of the length, in bytes
/// @param extra how much longer than that a message is, beyond the length itself
record LengthFraming(int width, ByteOrder order, int extra) implements Framing {
  private static final Pattern WRITTEN =
      Pattern.compile("length:([1248]):(big|little)(?::(-?\\d{1,5}))?");

  static Optional<Framing> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    String extra = written.group(3);
    return Optional.of(
        new LengthFraming(
            Integer.parseInt(written.group(1)),
            written.group(2).equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
            extra == null ? 0 : Integer.parseInt(extra)));
  }

  @Override
  public Cutter beginning() {
    return this::next;
  }

  private Cut next(ByteBuffer bytes) {
    if (bytes.remaining() < width) {
      return Pending.MORE;
    }
    bytes.order(order);
    int at = bytes.position();
    long length =
        switch (width) {
          case 1 -> bytes.get(at) & 0xFF;
          case 2 -> bytes.getShort(at) & 0xFFFF;
          case 4 -> bytes.getInt(at) & 0xFFFF_FFFFL;
          default -> bytes.getLong(at);
        };
    long whole = width + extra + length;
    return length < 0 || whole < width ? Pending.NONSENSE : new Message(whole, "", Role.UNKNOWN);
  }
}
