package dev.labrys.lab;

import dev.labrys.cluster.sim.Observer;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;

/// What the servers have applied, watched for what must never be: an entry out of order, or one
/// that is different on another server, even one that has long forgotten it.
final class Applied implements Observer {
  private final List<Content> agreed = new ArrayList<>();
  private final long[] upTo;

  Applied(int servers) {
    upTo = new long[servers + 1];
  }

  /// How many servers have applied the entry `index`, since they were last started.
  int servers(long index) {
    int count = 0;
    for (int server = 1; server < upTo.length; server++) {
      if (upTo[server] >= index) {
        count++;
      }
    }
    return count;
  }

  /// What `server` has applied last.
  long upTo(ServerId server) {
    return upTo[server.number()];
  }

  /// The entry that was applied anywhere last.
  long last() {
    return agreed.size();
  }

  /// Whether `command` is what was applied at `index`.
  boolean isAt(long index, Bytes command) {
    return index <= last() && content(index).equals(new Content.Command(command));
  }

  /// What was applied at `index`.
  Content content(long index) {
    return agreed.get(Math.toIntExact(index - 1));
  }

  @Override
  public void started(long timeNanos, ServerId server, Stored stored, Replica replica) {
    upTo[server.number()] = 0;
  }

  @Override
  public void performed(long timeNanos, ServerId server, Effect effect) {
    switch (effect) {
      case Effect.Apply(Entry entry, _) -> apply(server, entry);
      case Effect.Restore(Snapshot snapshot) -> restore(server, snapshot);
      default -> {}
    }
  }

  private void apply(ServerId server, Entry entry) {
    long before = upTo[server.number()];
    if (entry.index() != before + 1) {
      throw new LabFailure(
          "%s applied entry %d after entry %d".formatted(server, entry.index(), before));
    }
    if (entry.index() > last()) {
      agreed.add(entry.content());
    } else if (!content(entry.index()).equals(entry.content())) {
      throw new LabFailure(
          "%s applied %s at index %d, where %s had been applied"
              .formatted(
                  server,
                  RaftLab.shown(entry.content()),
                  entry.index(),
                  RaftLab.shown(content(entry.index()))));
    }
    upTo[server.number()] = entry.index();
  }

  private void restore(ServerId server, Snapshot snapshot) {
    List<Bytes> commands = LabMachine.commands(snapshot.state());
    int next = 0;
    for (long index = 1; index <= snapshot.last().index(); index++) {
      if (index > last()) {
        throw new LabFailure(
            "%s took a snapshot up to %s, but nothing was applied after %d"
                .formatted(server, snapshot.last(), last()));
      }
      if (content(index) instanceof Content.Command(Bytes command)) {
        if (next == commands.size() || !commands.get(next).equals(command)) {
          throw new LabFailure(
              "%s took a snapshot up to %s without %s of index %d"
                  .formatted(server, snapshot.last(), command, index));
        }
        next++;
      }
    }
    if (next < commands.size()) {
      throw new LabFailure(
          "%s took a snapshot up to %s with %s, which comes later"
              .formatted(server, snapshot.last(), commands.get(next)));
    }
    upTo[server.number()] = snapshot.last().index();
  }
}
