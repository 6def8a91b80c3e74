package dev.labrys.cluster.machine;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A network namespace, in which packets are filtered and held.
///
/// @param file by which others enter it; empty if it is the runner's own
record NetworkSpace(Optional<Path> file) {
  private static final int NETWORK = 0x40000000;

  /// The command that becomes `command` there.
  List<String> enter(List<String> command) {
    List<String> longer = new ArrayList<>();
    file.ifPresent(path -> longer.addAll(List.of("nsenter", "--net=" + path, "--")));
    longer.addAll(command);
    return longer;
  }

  /// Makes something there, by a thread that goes there for it and does not come back. A socket
  /// stays where it was made, whoever uses it.
  <T> T make(Callable<T> maker) throws IOException {
    FutureTask<T> made =
        new FutureTask<>(() -> {
          if (file.isPresent()) {
            goTo(file.get());
          }
          return maker.call();
        });
    Thread.ofPlatform().daemon().name("network-space").start(made);
    try {
      return made.get();
    } catch (ExecutionException failed) {
      throw new IOException(Objects.requireNonNull(failed.getCause()).getMessage(), failed);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in a network namespace", asked);
    }
  }

  private static void goTo(Path file) throws IOException {
    CFunction change =
        CFunction.of("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try (OpenFile opened = OpenFile.read(file)) {
      change.call("enter " + file, opened.descriptor(), NETWORK);
    }
  }
}
