package dev.labrys.cluster.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// Something that the system knows by a number for as long as it is open.
///
/// @param descriptor that number
record OpenFile(int descriptor) implements AutoCloseable {
  private static final int READ_ONLY = 0;
  private static final CFunction OPEN =
      CFunction.variadic("open", 2, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final CFunction CLOSE =
      CFunction.of("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  /// A file or folder, to be read.
  static OpenFile read(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return new OpenFile(
          (int) OPEN.call("open " + path, arena.allocateFrom(path.toString()), READ_ONLY));
    }
  }

  @Override
  public void close() throws IOException {
    CLOSE.call("close a file", descriptor);
  }
}
