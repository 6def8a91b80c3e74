package dev.labrys.repro;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.liveness.Asked;
import java.io.IOException;
import java.util.function.Supplier;

/// A cluster on which a script can be played, real or simulated, and the time there.
public interface Theatre extends AutoCloseable {

  Cluster cluster();

  /// The time since it was opened.
  long nowNanos();

  /// Lets so much time pass.
  void pass(long nanos);

  /// Hands one command to `node`, and to nobody else, whatever becomes of it: as a test does that
  /// has one command in flight and does not try again.
  ///
  /// @return what the client has been told so far
  Supplier<Asked> ask(NodeId node);

  @Override
  void close() throws IOException;
}
