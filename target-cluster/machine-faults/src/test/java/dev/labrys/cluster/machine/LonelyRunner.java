package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A runner in a JVM of its own, to be killed.
final class LonelyRunner {
  private static final String MADE = "RUNNING";

  private LonelyRunner() {}

  /// Starts the `main` of a program, and returns when it has made what it makes.
  static Process start(Class<?> program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    Process runner =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = runner.inputReader().readLine();
    if (!MADE.equals(said)) {
      runner.destroyForcibly();
      throw new IOException("a runner does not run: " + said);
    }
    return runner;
  }

  /// Says in the program that everything is made, and waits for its end.
  static void waitForTheEnd() throws IOException {
    System.out.println(MADE);
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }
}
