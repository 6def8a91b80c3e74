package dev.labrys.cluster.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// Ends a file system as a loss of power does: whatever is only in memory is never written.
///
/// By the request `FS_IOC_SHUTDOWN` of Linux, which ext4 and XFS obey, for root.
final class PowerSwitch {
  private static final long SHUTDOWN = 0x8004587dL;

  /// Not even of the journal.
  private static final int WITHOUT_FLUSH = 2;

  private static final int READ_ONLY = 0;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERROR =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private PowerSwitch() {}

  /// Nothing can be read or written below `folder` any more, until its file system is mounted
  /// again.
  ///
  /// @throws IOException if it can't be done; the message has the system's number of the error
  static void cut(Path folder) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MethodHandle open = function("open", 2, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
      MethodHandle ioctl =
          function("ioctl", 2, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
      MethodHandle close = function("close", 1, ValueLayout.JAVA_INT);
      MemorySegment name = arena.allocateFrom(folder.toString());
      MemorySegment how = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_FLUSH);
      int file = check("open " + folder, state, (int) open.invokeExact(state, name, READ_ONLY));
      try {
        check("shut down " + folder, state, (int) ioctl.invokeExact(state, file, SHUTDOWN, how));
      } finally {
        check("close " + folder, state, (int) close.invokeExact(state, file));
      }
    } catch (IOException | RuntimeException | Error failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new IllegalStateException("the C library throws nothing", impossible);
    }
  }

  /// A function of the C library that answers an `int`.
  ///
  /// @param fixed how many of its arguments are always there
  // There is no other way to this function of the system, and the shapes are those of its manual.
  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, int fixed, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor shape = FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
    Linker.Option captured = Linker.Option.captureCallState("errno");
    MemorySegment address = linker.defaultLookup().findOrThrow(name);
    return name.equals("close")
        ? linker.downcallHandle(address, shape, captured)
        : linker.downcallHandle(address, shape, captured, Linker.Option.firstVariadicArg(fixed));
  }

  private static int check(String what, MemorySegment state, int result) throws IOException {
    if (result < 0) {
      throw new IOException(
          "can't %s: error %d of the system".formatted(what, (int) ERROR.get(state, 0L)));
    }
    return result;
  }
}
