package dev.labrys.raft.node;

import dev.labrys.raft.Effect;
import dev.labrys.raft.Stored;
import java.io.IOException;

/// What a server must not forget, as the one who runs it needs it.
///
/// After the first failure it is not used any more: a write that failed may be lost although a
/// later one succeeds.
interface Disk extends AutoCloseable {

  /// What was there when it was opened.
  Stored stored();

  /// Writes. Not before [#sync] would it survive the loss of power.
  void write(Effect.Persist write) throws IOException;

  /// Writes. Not before [#sync] would it survive the loss of power.
  void write(Effect.SaveSnapshot write) throws IOException;

  /// Returns when all that was written would survive the loss of power.
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
