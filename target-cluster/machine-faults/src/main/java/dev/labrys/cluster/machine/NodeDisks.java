package dev.labrys.cluster.machine;

import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.LastChance;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Surroundings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A [LoopDisk] for each node of a cluster, mounted where the node's data go.
final class NodeDisks implements Closeable {

  /// As `labrys faults` calls it.
  static final String MEANS = "a disk of its own";

  private final Path folder;
  private final Map<NodeId, LoopDisk> disks = new ConcurrentHashMap<>();
  private final Map<NodeId, Surroundings.Disk> wished = new ConcurrentHashMap<>();
  private final LastChance lastChance = new LastChance("a disk is left behind", this::detachAll);

  /// @param folder of the run; all of it is below
  NodeDisks(Path folder) {
    this.folder = folder;
    lastChance.begin();
  }

  /// Whether a disk of this kind can be so: what no file system does to itself, a program has to do
  /// to itself.
  static boolean canBe(Surroundings.Disk disk) {
    return switch (disk) {
      case SOUND, FULL, STALLED -> true;
      case READ_ONLY, FAILING -> false;
    };
  }

  /// The folder where the disk of a node is mounted. It is made when it is first asked for.
  Path folder(NodeId node) throws IOException {
    return of(node).folder();
  }

  private LoopDisk of(NodeId node) throws IOException {
    LoopDisk known = disks.get(node);
    if (known == null) {
      Files.createDirectories(folder);
      known =
          new LoopDisk(folder.resolve(node.name() + LoopDisk.SUFFIX), folder.resolve(node.name()));
      disks.put(node, known);
      known.create();
    }
    return known;
  }

  /// Makes the disk of a node so, but that one stands still only while its node [runs][#begin].
  void set(NodeId node, Surroundings.Disk disk) throws IOException {
    wished.put(node, disk);
    of(node).thaw();
    fillOrNot(node);
  }

  private void fillOrNot(NodeId node) throws IOException {
    if (wished.get(node) == Surroundings.Disk.FULL) {
      of(node).fill();
    } else {
      of(node).makeRoom();
    }
  }

  /// A node runs.
  void begin(NodeId node) throws IOException {
    if (wished.get(node) == Surroundings.Disk.STALLED) {
      of(node).freeze();
    }
  }

  /// A node is about to be ended or paused, which can't be done to who waits for a disk that stands
  /// still.
  void release(NodeId node) throws IOException {
    of(node).thaw();
  }

  /// Loses what a node that has ended did not sync.
  void losePower(NodeId node) throws IOException {
    of(node).losePower();
    fillOrNot(node);
  }

  private void detachAll() throws IOException {
    Attempts.forEach(
        disks.values(),
        each -> {
          each.thaw();
          LoopDisk.detach(each.folder());
        });
  }

  /// Takes all of them out of the machine, with their nodes ended.
  @Override
  public void close() throws IOException {
    Attempts.forEach(disks.values(), LoopDisk::remove);
    lastChance.close();
  }
}
