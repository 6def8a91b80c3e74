package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A runner that makes a disk, lets it stand still, and then waits to be killed.
final class LonelyDisk {

  private LonelyDisk() {}

  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    LoopDisk disk = new LoopDisk(folder.resolve("n1" + LoopDisk.SUFFIX), folder.resolve("n1"));
    disk.create();
    disk.freeze();
    System.out.println("FROZEN");
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }
}
