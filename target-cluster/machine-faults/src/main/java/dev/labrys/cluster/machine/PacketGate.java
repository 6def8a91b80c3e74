package dev.labrys.cluster.machine;

import java.io.IOException;
import java.util.Optional;

/// Where packets wait until they are let pass. Used by one thread.
interface PacketGate extends AutoCloseable {

  /// A packet that waits.
  ///
  /// @param id by which the gate knows it
  /// @param pair who sent it; empty if it is none of IPv4
  record Waiting(int id, Optional<Pair> pair) {}

  /// What rules name it by that send packets there.
  int number();

  /// Waits until a packet may be waiting, for so long at most.
  void await(int millis) throws IOException;

  /// The next packet that waits and was not yet taken; empty if there is none now.
  ///
  /// @throws IOException if packets can't be taken any more
  Optional<Waiting> take() throws IOException;

  /// Lets a packet pass.
  void accept(Waiting packet) throws IOException;

  /// What waits then is lost.
  @Override
  void close() throws IOException;

  /// What makes one.
  @FunctionalInterface
  interface Maker {
    /// A gate in that namespace that nobody else has.
    PacketGate open(NetworkSpace space) throws IOException;
  }
}
