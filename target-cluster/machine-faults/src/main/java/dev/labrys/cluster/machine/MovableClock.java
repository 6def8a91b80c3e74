package dev.labrys.cluster.machine;

import dev.labrys.cluster.WallClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The wall clock of a node, as a file that says how far it is ahead.
///
/// The file is in a folder of its own and replaced by another: whoever sees the folder, a container
/// for one, sees the new one at once, and nobody half of it.
final class MovableClock {
  private static final int NANO_DIGITS = 9;

  private final Path folder;
  private WallClock clock = WallClock.RIGHT;
  private long sinceNanos;
  private long shownNanos;

  MovableClock(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    show(0);
  }

  Path folder() {
    return folder;
  }

  /// Lets it be wrong as said from now on. Told the same again, it goes on.
  synchronized void set(WallClock wished) throws IOException {
    if (!clock.equals(wished)) {
      clock = wished;
      sinceNanos = System.nanoTime();
      tick();
    }
  }

  synchronized boolean isSteady() {
    return clock.isSteady();
  }

  /// Moves it to where it should be by now.
  synchronized void tick() throws IOException {
    show(clock.aheadNanos(System.nanoTime() - sinceNanos));
  }

  private void show(long nanos) throws IOException {
    Path unfinished = folder.resolve(Faketime.CLOCK + ".new");
    String text = BigDecimal.valueOf(nanos, NANO_DIGITS).toPlainString();
    Files.writeString(unfinished, (nanos < 0 ? "" : "+") + text + "\n", StandardCharsets.US_ASCII);
    Files.move(unfinished, folder.resolve(Faketime.CLOCK), StandardCopyOption.ATOMIC_MOVE);
    shownNanos = nanos;
  }

  /// How far it is ahead, as the file says.
  synchronized long shownNanos() {
    return shownNanos;
  }
}
