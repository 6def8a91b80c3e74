package dev.labrys.cluster.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// Ends a file system as a loss of power does: whatever is only in memory is never written.
///
/// By the request `FS_IOC_SHUTDOWN` of Linux, which ext4 and XFS obey, for root.
final class PowerSwitch {
  private static final long SHUTDOWN = 0x8004587dL;

  /// Not even of the journal.
  private static final int WITHOUT_FLUSH = 2;

  private PowerSwitch() {}

  /// Nothing can be read or written below `folder` any more, until its file system is mounted
  /// again.
  ///
  /// @throws IOException if it can't be done; the message has the system's number of the error
  static void cut(Path folder) throws IOException {
    CFunction ioctl =
        CFunction.variadic(
            "ioctl", 2, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
    try (Arena arena = Arena.ofConfined();
        OpenFile opened = OpenFile.read(folder)) {
      ioctl.call(
          "shut down " + folder,
          opened.descriptor(),
          SHUTDOWN,
          arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_FLUSH));
    }
  }
}
