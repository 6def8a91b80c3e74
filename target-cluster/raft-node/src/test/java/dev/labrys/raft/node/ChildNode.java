package dev.labrys.raft.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A node that serves as a process of its own.
///
/// @param err where it writes its log
/// @param ready what it said when it served
record ChildNode(Process process, Path err, String ready) implements AutoCloseable {

  /// Starts one, and waits until it serves.
  ///
  /// @param prefix what the command begins with, before the JVM
  /// @param options of the JVM and, after the name of its class, of the node
  /// @throws IOException if it ended instead; the message has its last words
  static ChildNode start(Path err, List<String> prefix, List<String> jvm, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(command(jvm, options));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String ready = out.readLine();
    if (ready == null) {
      process.destroyForcibly().onExit().join();
      throw new IOException(Files.readAllLines(err).getLast());
    }
    return new ChildNode(process, err, ready);
  }

  /// The command that starts a node, and lets it end with this process.
  static List<String> command(List<String> jvm, List<String> options) {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NodeMain.class.getName());
    command.add("--end-with-stdin");
    command.addAll(options);
    return command;
  }

  /// Where it listens for `peer`, `client` or `http`.
  HostPort address(String port) {
    Matcher matcher = Pattern.compile("\"%s\":\"([^\"]+)\"".formatted(port)).matcher(ready);
    if (!matcher.find()) {
      throw new AssertionError(ready);
    }
    return HostPort.parse(matcher.group(1));
  }

  /// Ends it as it is.
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
