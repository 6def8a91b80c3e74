package dev.labrys.cluster.machine;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeFiles.Whole;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Trees;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Copies of what nodes must not forget: from before it was damaged, and from when nodes were last
/// started.
final class NodeArchive implements Closeable {

  /// Where a bit is flipped: not far into a file, so that what follows proves that it was whole.
  private static final int FLIPPED_BYTE = 13;

  /// Less than most writes, and none of any program's.
  private static final byte[] TORN = new byte[13];

  static {
    Arrays.fill(TORN, (byte) 0xA5);
  }

  private final Program program;
  private final RunningNodes nodes;
  private final Path folder;
  private final Map<NodeId, NodeFiles> wished = new ConcurrentHashMap<>();

  /// What has happened to files with which their node has not been started yet.
  private final Map<NodeId, NodeFiles> done = new ConcurrentHashMap<>();

  private final Set<Path> made = ConcurrentHashMap.newKeySet();

  /// @param folder of the run
  NodeArchive(Program program, RunningNodes nodes, Path folder) {
    this.program = program;
    this.nodes = nodes;
    this.folder = folder;
  }

  private Path copy(NodeId node, String kind) {
    Path copy = folder.resolve(node.name() + kind);
    made.add(copy);
    return copy;
  }

  private Path sound(NodeId node) {
    return copy(node, ".sound");
  }

  private Path old(NodeId node) {
    return copy(node, ".old");
  }

  /// Copies the files that a node is about to be started with, unless they are damaged.
  void backUp(NodeId node) throws IOException {
    if (!done.containsKey(node)) {
      Trees.copy(nodes.data(node), old(node));
    }
  }

  /// Lets the files of a node that is down be so. If they should be intact again, they stay as they
  /// are until the node has been [started][#isToBeMended] with them.
  void set(NodeId node, NodeFiles files) throws IOException {
    wished.put(node, files);
    NodeFiles before = done.getOrDefault(node, Whole.INTACT);
    if (files == Whole.INTACT || files.equals(before)) {
      return;
    }
    if (nodes.state(node) != NodeState.STOPPED) {
      throw new IOException("files of %s can't be changed while it runs".formatted(node));
    }
    Path data = nodes.data(node);
    if (before == Whole.INTACT) {
      Trees.copy(data, sound(node));
    } else {
      Trees.copy(sound(node), data);
    }
    done.put(node, files);
    harm(node, files, data);
  }

  /// A node whose disk has lost power has the files that it had synced, whatever was done to them:
  /// when it is [said][#set] again what they are like, it is done again.
  ///
  /// @return whether something was undone that nobody will say again
  boolean forgetHarm(NodeId node) {
    return done.remove(node) != null && wished.getOrDefault(node, Whole.INTACT) == Whole.INTACT;
  }

  private void harm(NodeId node, NodeFiles files, Path data) throws IOException {
    switch (files) {
      case Whole.INTACT -> throw new IllegalArgumentException("that is no harm");
      case Whole.WIPED -> Trees.empty(data);
      case Whole.ROLLED_BACK -> Trees.copy(old(node), data);
      case NodeFiles.Damaged(NodeFiles.Part part, NodeFiles.Harm harm) -> {
        List<Path> parts = program.files(part, data);
        if (parts.isEmpty()) {
          throw new IOException("%s has no file with its %s".formatted(node, part));
        }
        harm(harm == NodeFiles.Harm.FLIPPED ? parts.getFirst() : parts.getLast(), harm);
      }
    }
  }

  private static void harm(Path damaged, NodeFiles.Harm harm) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
      switch (harm) {
        case FLIPPED -> {
          long place = Math.min(FLIPPED_BYTE, file.length() / 2);
          file.seek(place);
          int old = file.read();
          file.seek(place);
          file.write(old ^ 1);
        }
        case CUT -> file.setLength(file.length() / 2);
        case TORN -> {
          file.seek(file.length());
          file.write(TORN);
        }
      }
    }
  }

  /// Whether a node that does not start should be given its sound files.
  boolean isToBeMended(NodeId node) {
    return done.containsKey(node) && wished.get(node) == Whole.INTACT;
  }

  /// Gives a node that is down its files as they were before.
  void mend(NodeId node) throws IOException {
    Trees.copy(sound(node), nodes.data(node));
  }

  /// A node lives with the files that it has found.
  void settle(NodeId node) {
    done.remove(node);
  }

  @Override
  public void close() throws IOException {
    for (Path each : new TreeSet<>(made)) {
      Trees.delete(each);
    }
  }
}
