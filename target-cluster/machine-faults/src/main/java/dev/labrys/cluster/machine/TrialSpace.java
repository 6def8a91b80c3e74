package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A network namespace to try things in, which is gone with the program that it was made for. That
/// one ends when it is closed, or when the runner ends, whatever ends it.
final class TrialSpace implements AutoCloseable {
  private static final Path INTERFACES = Path.of("/sys/class/net");
  private static final int SIGN = '\n';

  private final Process keeper;

  private TrialSpace(Process keeper) {
    this.keeper = keeper;
  }

  /// What is tried there, and fails if it does not work.
  @FunctionalInterface
  interface Trial {
    void run(NetworkSpace space) throws IOException;
  }

  /// Why that does not work here; empty if it was seen to.
  ///
  /// @param needs in words, what it takes
  static Optional<String> complaint(String needs, Trial trial) {
    if (!Files.isDirectory(INTERFACES)) {
      return Optional.of("network namespaces are something of Linux");
    }
    try (TrialSpace made = open()) {
      trial.run(made.space());
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of("%s: %s".formatted(needs, refused.getMessage()));
    }
  }

  /// A new one. What is echoed comes from within it.
  static TrialSpace open() throws IOException {
    Process keeper =
        new ProcessBuilder(List.of("unshare", "--net", "--", "cat"))
            .redirectErrorStream(true)
            .start();
    TrialSpace made = new TrialSpace(keeper);
    try {
      keeper.getOutputStream().write(SIGN);
      keeper.getOutputStream().flush();
      int first = keeper.getInputStream().read();
      if (first != SIGN) {
        byte[] rest = keeper.getInputStream().readAllBytes();
        throw new IOException(
            "unshare: " + (char) first + new String(rest, StandardCharsets.UTF_8).strip());
      }
      return made;
    } catch (IOException refused) {
      made.close();
      throw refused;
    }
  }

  NetworkSpace space() {
    Path file = Path.of("/proc", Long.toString(keeper.pid()), "ns", "net");
    return new NetworkSpace(Optional.of(file));
  }

  @Override
  public void close() {
    keeper.destroyForcibly().onExit().join();
  }
}
