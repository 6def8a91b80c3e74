package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node as a real process: what it ends with, and what it says then.
final class NodeProcessTest {
  @TempDir private Path folder;

  private final List<Process> processes = new ArrayList<>();

  /// How a process ended.
  private record Outcome(int exitCode, String out, String err) {}

  @AfterEach
  void endAll() {
    for (Process each : processes) {
      each.destroyForcibly().onExit().join();
    }
  }

  @Test
  void itEndsGracefullyWhenItIsTold() throws Exception {
    Process node = serving("demo", "n1");

    node.toHandle().destroy();

    Outcome outcome = outcome(node);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err().lines().toList().getLast()).contains("\"event\":\"stopped\"");
    refused("other", "n1", 69, "cluster demo");
  }

  @Test
  void itEndsWithItsInput() throws Exception {
    Process node = serving("demo", "n1");

    node.getOutputStream().close();

    assertThat(outcome(node).err()).doesNotContain("stopping");
  }

  @Test
  void anUnknownOptionIsWrongUsage() throws Exception {
    refused("demo", "n1", 64, "no option 'colour'", "--colour", "red");
  }

  @Test
  void aWrongFileOfOptionsIsWrongUsage() throws Exception {
    Path file =
        Files.writeString(folder.resolve("options"), "cluster = demo\n\nmax-clients = few\n");

    refused("demo", "n1", 64, "max-clients", "--config", file.toString());
    refused("demo", "n1", 64, "none", "--config", folder.resolve("none").toString());
  }

  @Test
  void aPortThatIsTakenIsUnavailable() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      refused("demo", "n1", 69, address, "--listen-peer", address);
    }
  }

  @Test
  void theFolderOfAnotherIsUnavailable() throws Exception {
    Process node = serving("demo", "n1");
    refused("demo", "n1", 69, "is in use by process " + node.pid());
    node.destroyForcibly().onExit().join();

    refused("other", "n1", 69, "belongs to n1 of cluster demo");
    refused("demo", "n2", 69, "this is n2");
  }

  @Test
  void aFolderThatCannotBeUsedIsUnavailable() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");

    refused("demo", "n1", 69, file.toString(), "--data", file.resolve("below").toString());
  }

  @Test
  void aFolderThatMayNotBeReadIsUnavailable() throws Exception {
    Path locked =
        Files.createDirectory(
            folder.resolve("locked"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
    Assumptions.assumeFalse(Files.isReadable(locked), "whoever runs this may read everything");

    refused("demo", "n1", 69, locked.toString(), "--data", locked.toString());
  }

  /// Starts a node that must not start.
  ///
  /// @param said part of the one line that it says
  private void refused(String cluster, String node, int exitCode, String said, String... options)
      throws Exception {
    Outcome outcome = outcome(start(cluster, node, options));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.err()).startsWith("raft-node: ").contains(said);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.out()).isEmpty();
  }

  private Process serving(String cluster, String node, String... options) throws IOException {
    Process process = start(cluster, node, options);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).contains("\"event\":\"READY\"");
    return process;
  }

  private Process start(String cluster, String node, String... options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--cluster=" + cluster, "--node=" + node, "--members=" + node));
    all.addAll(List.of(options));
    if (!all.contains("--data")) {
      all.add("--data=" + folder.resolve("data"));
    }
    List<String> command = ChildNode.command(List.of(), all);
    Process process =
        new ProcessBuilder(command).redirectError(err(processes.size()).toFile()).start();
    processes.add(process);
    return process;
  }

  private Path err(int number) {
    return folder.resolve("err" + number);
  }

  private Outcome outcome(Process process) throws Exception {
    assertThat(process.waitFor(Await.PATIENCE, TimeUnit.NANOSECONDS)).as("it ends").isTrue();
    String err = Files.readString(err(processes.indexOf(process)));
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return new Outcome(process.exitValue(), String.join("\n", out.readAllLines()), err);
    }
  }
}
