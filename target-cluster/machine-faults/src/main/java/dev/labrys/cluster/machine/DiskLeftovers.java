package dev.labrys.cluster.machine;

import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Disks of nodes whose runner is gone, which are still mounted. Their files are the data of a run,
/// and stay.
public final class DiskLeftovers implements Leftovers {

  @Override
  public List<String> find(Sweep sweep) throws IOException {
    return mounts(sweep).stream().map(DiskLeftovers::name).toList();
  }

  @Override
  public void remove(Sweep sweep, Consumer<String> removed) throws IOException {
    Attempts.forEach(
        mounts(sweep),
        each -> {
          remove(each);
          removed.accept(name(each));
        });
  }

  private static void remove(Mounts.Mount mount) throws IOException {
    try {
      LoopDisk.thaw(mount.folder());
    } catch (IOException notFrozen) {
      // As most are.
    }
    LoopDisk.detach(mount.folder());
    DiskMark.delete(mount.image());
  }

  private static List<Mounts.Mount> mounts(Sweep sweep) throws IOException {
    return Mounts.all().stream()
        .filter(mount -> mount.image().toString().endsWith(LoopDisk.SUFFIX))
        .filter(
            mount -> DiskMark.read(mount.image()).filter(runner -> isIn(sweep, runner)).isPresent())
        .toList();
  }

  private static boolean isIn(Sweep sweep, KnownProcess runner) {
    return switch (sweep) {
      case ORPHANS -> runner.isGone();
      case ALL -> runner.isGone() || runner.find().isPresent();
    };
  }

  private static String name(Mounts.Mount mount) {
    return "disk %s, mounted at %s".formatted(mount.image(), mount.folder());
  }
}
