package dev.labrys.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A client's side of a connection to a system: one request at a time, in the system's protocol.
///
/// It knows bytes only; a [LoadConnection] has the socket. So all systems meet the same load, and
/// what a client costs beyond its protocol is the same for all.
interface Talk {

  /// Writes what is said first.
  void greet(ByteBuffer out);

  /// Writes a request to let `key` have `value`.
  void put(byte[] key, byte[] value, ByteBuffer out);

  /// Writes a request for the value of `key`, as of now: a linearizable read.
  void get(byte[] key, ByteBuffer out);

  /// Takes what it can of `in`, and writes what the protocol wants said to it.
  ///
  /// @throws IOException if that is anything but what was asked for: no answer counts that does not
  ///   say that all is well
  Heard take(ByteBuffer in, ByteBuffer out) throws IOException;

  /// The value that the last answer to a `get` brought, from its position to its limit.
  ByteBuffer found();

  /// What has come in.
  enum Heard {
    /// Nothing that makes a difference.
    NOTHING,
    /// The first request may be sent.
    WELCOME,
    /// The answer to the request.
    ANSWER
  }
}
