package dev.labrys.lab;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The state machine of the Raft labs: it only remembers all commands. Its snapshot is the list of
/// them, so that whoever gets one can be asked whether it is whole.
final class LabMachine implements StateMachine {
  private byte[] journal = new byte[256];
  private int size;

  @Override
  public Bytes apply(long index, Bytes command) {
    int needed = size + Integer.BYTES + command.length();
    if (needed > journal.length) {
      journal = Arrays.copyOf(journal, 2 * needed);
    }
    ByteBuffer.wrap(journal).position(size).putInt(command.length()).put(command.toArray());
    size = needed;
    return Bytes.EMPTY;
  }

  @Override
  public Bytes query(Bytes query) {
    return Bytes.EMPTY;
  }

  @Override
  public Bytes snapshot() {
    return Bytes.copyOf(Arrays.copyOf(journal, size));
  }

  @Override
  public void restore(Bytes state) {
    journal = state.toArray();
    size = journal.length;
  }

  /// The commands in `snapshot`, in order.
  static List<Bytes> commands(Bytes snapshot) {
    List<Bytes> commands = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(snapshot.toArray());
    while (bytes.hasRemaining()) {
      int length = bytes.getInt();
      int start = bytes.position();
      commands.add(snapshot.slice(start, start + length));
      bytes.position(start + length);
    }
    return commands;
  }
}
