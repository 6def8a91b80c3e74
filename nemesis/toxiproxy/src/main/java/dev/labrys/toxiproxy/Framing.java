package dev.labrys.toxiproxy;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Knows where in a stream of bytes a message ends and the next one begins.
///
/// Others are added by a [FramingSource].
public interface Framing {

  /// Cuts a stream whose first byte is still to come.
  Cutter beginning();

  /// Cuts a stream that has been under way for a while, and lets pass what it can't place. Empty if
  /// nobody can find into such a stream: then it passes as it is.
  default Optional<Cutter> joining() {
    return Optional.empty();
  }

  /// Cuts one stream, in one direction.
  interface Cutter {

    /// What comes next in the stream.
    ///
    /// @param bytes what has come since the end of what was cut last, one byte at least. Asked
    ///   again after [Pending#MORE], it is the same and something behind it. Its position may be
    ///   moved; to be read only
    Cut next(ByteBuffer bytes);
  }

  /// What comes next in a stream.
  sealed interface Cut {}

  /// A message, which can be lost by itself.
  ///
  /// @param length in bytes; not all of them need to be there
  /// @param type what it is called, or nothing if that is not known
  record Message(long length, String type, Role role) implements Cut {
    public Message {
      require(length);
    }
  }

  /// Bytes that are no message to be harmed, such as a greeting.
  ///
  /// @param length of them; not all need to be there
  record Plain(long length) implements Cut {
    public Plain {
      require(length);
    }
  }

  /// No end is known.
  enum Pending implements Cut {
    /// More bytes are needed to tell.
    MORE,
    /// These bytes mean nothing here: the rest of the stream is to pass as it is.
    NONSENSE
  }

  /// Whether somebody asks or answers.
  enum Role {
    REQUEST,
    REPLY,
    UNKNOWN
  }

  private static void require(long length) {
    if (length <= 0) {
      throw new IllegalArgumentException("what is cut off has a length, not " + length);
    }
  }
}
