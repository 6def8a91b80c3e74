package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A [LonelyRunner] with a disk that stands still.
final class LonelyDisk {

  private LonelyDisk() {}

  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    LoopDisk disk = new LoopDisk(folder.resolve("n1" + LoopDisk.SUFFIX), folder.resolve("n1"));
    disk.create();
    disk.freeze();
    LonelyRunner.waitForTheEnd();
  }
}
