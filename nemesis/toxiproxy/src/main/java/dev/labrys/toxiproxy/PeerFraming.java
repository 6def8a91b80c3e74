package dev.labrys.toxiproxy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What our own servers say to each other: frames of a length and a checksum, four bytes each and
/// the highest first, and a payload whose first byte is the kind of the frame.
///
/// Only what Raft says is a message here. Greetings, and the pings that look whether somebody is
/// there, pass: they are about the connection.
final class PeerFraming implements Framing {
  private static final int HEADER = 8;

  /// The header, the kind of the frame, the version of the message, and what message it is.
  private static final int TOLD_BY = HEADER + 3;

  private static final int MESSAGE = 4;
  private static final int LAST_KIND = 6;
  private static final int VERSION = 1;

  /// Longer ones are none.
  private static final int LONGEST = 1 << 30;

  /// In the order of their numbers, from 1 on.
  private static final List<String> TYPES =
      List.of(
          "request-vote",
          "vote-reply",
          "append-entries",
          "append-accepted",
          "append-rejected",
          "install-snapshot",
          "snapshot-reply",
          "timeout-now",
          "read-index",
          "read-index-reply");

  private static final List<String> REPLIES =
      List.of(
          "vote-reply", "append-accepted", "append-rejected", "snapshot-reply", "read-index-reply");

  @Override
  public Cutter beginning() {
    return PeerFraming::next;
  }

  @Override
  public Optional<Cutter> joining() {
    return Optional.of(new Joining());
  }

  private static Cut next(ByteBuffer bytes) {
    if (bytes.remaining() < Integer.BYTES) {
      return Pending.MORE;
    }
    int at = bytes.position();
    int payload = bytes.getInt(at);
    if (payload < 1 || payload > LONGEST) {
      return Pending.NONSENSE;
    }
    if (bytes.remaining() <= HEADER) {
      return Pending.MORE;
    }
    long length = (long) HEADER + payload;
    int kind = bytes.get(at + HEADER);
    if (kind < 1 || kind > LAST_KIND || (kind == MESSAGE && length < TOLD_BY)) {
      return Pending.NONSENSE;
    }
    if (kind != MESSAGE) {
      return new Plain(length);
    }
    return bytes.remaining() < TOLD_BY ? Pending.MORE : message(bytes, at, length);
  }

  private static Cut message(ByteBuffer bytes, int at, long length) {
    int type = bytes.get(at + TOLD_BY - 1);
    if (bytes.get(at + TOLD_BY - 2) != VERSION || type < 1 || type > TYPES.size()) {
      return new Message(length, "", Role.UNKNOWN);
    }
    String name = TYPES.get(type - 1);
    return new Message(length, name, REPLIES.contains(name) ? Role.REPLY : Role.REQUEST);
  }

  /// Finds into a stream by a frame whose checksum is right. Nothing waits meanwhile: what comes is
  /// let go at once, and looked at as a copy.
  private static final class Joining implements Cutter {
    private static final int WINDOW = 1 << 18;

    private final CRC32C crc = new CRC32C();

    /// The last that has passed. Once a frame was found, it begins where one does.
    private ByteBuffer passed = ByteBuffer.allocate(0);

    /// Of the frame that is under way; unknown while not even its length is there.
    private long missing;

    private Search search = Search.LOST;

    private enum Search {
      LOST,
      /// It is known where the frame begins that is under way.
      FOUND,
      /// A frame comes next.
      DONE
    }

    @Override
    public Cut next(ByteBuffer bytes) {
      return switch (search) {
        case LOST -> {
          long length = bytes.remaining();
          remember(bytes);
          look();
          yield new Plain(length);
        }
        case FOUND -> {
          int known = passed.remaining();
          if (known < Integer.BYTES) {
            int more = Math.min(bytes.remaining(), Integer.BYTES - known);
            remember(bytes.slice(bytes.position(), more));
            skipFrames();
            yield new Plain(more);
          }
          long more = Math.min(bytes.remaining(), missing);
          missing -= more;
          search = missing == 0 ? Search.DONE : Search.FOUND;
          yield new Plain(more);
        }
        case DONE -> PeerFraming.next(bytes);
      };
    }

    private void remember(ByteBuffer bytes) {
      if (passed.remaining() > WINDOW) {
        passed.position(passed.limit() - WINDOW);
      }
      ByteBuffer all = ByteBuffer.allocate(passed.remaining() + bytes.remaining());
      passed = all.put(passed).put(bytes.duplicate()).flip();
    }

    /// Looks for a whole frame among what has passed.
    private void look() {
      for (int at = passed.position(); at + HEADER < passed.limit(); at++) {
        int payload = passed.getInt(at);
        if (payload >= 1 && payload <= passed.limit() - at - HEADER && isFrame(at, payload)) {
          passed.position(at);
          search = Search.FOUND;
          skipFrames();
          return;
        }
      }
    }

    private boolean isFrame(int at, int payload) {
      int kind = passed.get(at + HEADER);
      if (kind < 1 || kind > LAST_KIND) {
        return false;
      }
      crc.reset();
      crc.update(passed.slice(at + HEADER, payload));
      return (int) crc.getValue() == passed.getInt(at + Integer.BYTES);
    }

    /// Skips the frames that have passed as a whole.
    private void skipFrames() {
      while (passed.remaining() >= Integer.BYTES) {
        int payload = passed.getInt(passed.position());
        if (payload < 1 || payload > LONGEST) {
          passed.position(passed.position() + 1);
          search = Search.LOST;
          return;
        }
        missing = (long) HEADER + payload - passed.remaining();
        if (missing > 0) {
          return;
        }
        passed.position(passed.position() + HEADER + payload);
      }
      if (!passed.hasRemaining()) {
        search = Search.DONE;
      }
    }
  }
}
