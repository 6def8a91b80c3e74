package dev.labrys.cluster.sim;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeFiles.Harm;
import dev.labrys.cluster.NodeFiles.Part;
import dev.labrys.cluster.NodeFiles.Whole;
import dev.labrys.raft.ServerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What becomes of the disks of simulated servers while they are down, as it does of the files of
/// real nodes.
final class SimFiles {
  private final Simulation simulation;
  private final Map<ServerId, NodeFiles> wished = new HashMap<>();

  /// What has happened to disks with which their server has not been started yet.
  private final Map<ServerId, NodeFiles> done = new HashMap<>();

  /// Disks from before that.
  private final Map<ServerId, DiskImage> sound = new HashMap<>();

  private final List<String> remarks = new ArrayList<>();

  SimFiles(Simulation simulation) {
    this.simulation = simulation;
  }

  /// Lets the disk of a server that is down be so. If it should be intact again, it stays as it is
  /// until the server has been [started][#start] with it.
  void set(ServerId id, NodeFiles files) throws IOException {
    wished.put(id, files);
    NodeFiles before = done.getOrDefault(id, Whole.INTACT);
    if (files == Whole.INTACT || files.equals(before)) {
      return;
    }
    if (simulation.server(id).isUp()) {
      throw new IOException("the disk of %s can't be changed while it runs".formatted(id));
    }
    SimDisk disk = simulation.disk(id);
    DiskImage kept = sound.get(id);
    if (before == Whole.INTACT || kept == null) {
      sound.put(id, disk.image());
    } else {
      disk.restore(kept);
    }
    done.put(id, files);
    simulation.announce("the disk of %s is harmed: %s".formatted(id, text(files)));
    switch (files) {
      case Whole.INTACT -> throw new IllegalArgumentException("that is no harm");
      case Whole.WIPED -> disk.wipe();
      case Whole.ROLLED_BACK -> disk.rollBack();
      case NodeFiles.Damaged(Part part, Harm harm) -> disk.damage(part, harm);
    }
  }

  private static String text(NodeFiles files) {
    String text =
        switch (files) {
          case Whole whole -> whole.name();
          case NodeFiles.Damaged(Part part, Harm harm) -> part.name() + " " + harm.name();
        };
    return text.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// Starts a server that is down. If it refuses its disk, as that was damaged and this is over, it
  /// is given the one it had before.
  void start(ServerId id) throws IOException {
    NodeFiles harm = done.getOrDefault(id, Whole.INTACT);
    forgotten(harm).ifPresent(promises -> simulation.forgive(id, promises));
    try {
      simulation.start(id);
    } catch (IllegalStateException refused) {
      DiskImage kept = sound.get(id);
      if (harm == Whole.INTACT || wished.get(id) != Whole.INTACT || kept == null) {
        throw new IOException(refused.getMessage(), refused);
      }
      remarks.add("given its files back: " + refused.getMessage());
      simulation.disk(id).restore(kept);
      simulation.start(id);
    }
    done.remove(id);
    sound.remove(id);
  }

  /// What a server can't notice that it lacks.
  private static Optional<Observer.Promises> forgotten(NodeFiles harm) {
    return switch (harm) {
      case Whole.INTACT -> Optional.empty();
      case Whole.WIPED, Whole.ROLLED_BACK -> Optional.of(Observer.Promises.ALL);
      case NodeFiles.Damaged(Part part, Harm how) ->
          part == Part.LOG && how == Harm.CUT
              ? Optional.of(Observer.Promises.LOG)
              : Optional.empty();
    };
  }

  /// What has happened that people should know, since this was last asked.
  List<String> takeRemarks() {
    List<String> taken = List.copyOf(remarks);
    remarks.clear();
    return taken;
  }
}
