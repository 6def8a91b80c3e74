package dev.labrys.cluster.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Programs of this machine that are run to their end, which is soon.
public final class Tool {

  private Tool() {}

  /// Runs a program.
  ///
  /// @param input its standard input
  /// @return what it says
  /// @throws IOException if there is none of that name, or if it fails; the message has its words
  public static String run(List<String> command, String input) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      // It ended without reading; how it ended says why.
      process.onExit().join();
    }
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int exitCode = process.onExit().join().exitValue();
    if (exitCode != 0) {
      throw new IOException(
          "%s ended with %d%s"
              .formatted(
                  String.join(" ", command), exitCode, said.isEmpty() ? "" : ": " + oneLine(said)));
    }
    return said;
  }

  private static String oneLine(String text) {
    return String.join("; ", text.lines().map(String::strip).toList());
  }
}
