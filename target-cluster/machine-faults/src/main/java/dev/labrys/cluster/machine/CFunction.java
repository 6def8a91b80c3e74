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
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.List;

/// A function of the C library that answers a number, which is negative if it failed.
///
/// Of those that the system has and the JDK has no words for.
final class CFunction {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERROR =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodType SHAPE =
      MethodType.methodType(long.class, MemorySegment.class, Object[].class);

  private final String name;
  private final MethodHandle handle;

  private CFunction(String name, MethodHandle handle) {
    this.name = name;
    this.handle = handle;
  }

  /// The function of that name.
  ///
  /// @param result an `int` or a `long`
  static CFunction of(String name, MemoryLayout result, MemoryLayout... arguments) {
    return find(name, result, List.of(arguments), Linker.Option.captureCallState("errno"));
  }

  /// The function of that name, which answers an `int`.
  ///
  /// @param fixed how many of its arguments are always there
  static CFunction variadic(String name, int fixed, MemoryLayout... arguments) {
    return find(
        name,
        ValueLayout.JAVA_INT,
        List.of(arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  // There is no other way to the system, and the shapes are those of its manual.
  @SuppressWarnings("restricted")
  private static CFunction find(
      String name, MemoryLayout result, List<MemoryLayout> arguments, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor shape =
        FunctionDescriptor.of(result, arguments.toArray(MemoryLayout[]::new));
    MethodHandle exact =
        linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
    return new CFunction(name, exact.asSpreader(Object[].class, arguments.size()).asType(SHAPE));
  }

  /// Calls it.
  ///
  /// @return what it answers; if it fails, the system's number of the error, negative
  long attempt(Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = (long) handle.invokeExact(state, arguments);
      return result < 0 ? -(int) ERROR.get(state, 0L) : result;
    } catch (RuntimeException | Error wrong) {
      throw wrong;
    } catch (Throwable impossible) {
      throw new IllegalStateException("the C library throws nothing", impossible);
    }
  }

  /// Calls it, to do what `what` says.
  ///
  /// @return what it answers
  /// @throws IOException if it fails; the message has the system's number of the error
  long call(String what, Object... arguments) throws IOException {
    long result = attempt(arguments);
    if (result < 0) {
      throw new IOException(
          "can't %s: error %d of the system at %s".formatted(what, -result, name));
    }
    return result;
  }
}
