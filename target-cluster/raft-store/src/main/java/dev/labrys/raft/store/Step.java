package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;

/// Something that the store can be asked to do, which it does at once or not at all.
public sealed interface Step permits Command, Query {

  /// This as it is sent to a [Store].
  default Bytes toBytes() {
    return StepCodec.encode(this);
  }

  /// The step that `bytes` say.
  ///
  /// @throws WireFormatException if they are none
  static Step of(Bytes bytes) throws WireFormatException {
    return StepCodec.decode(bytes);
  }
}
