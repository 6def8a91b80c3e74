package dev.labrys.system.raft;

import dev.labrys.cluster.Trees;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The server's classes as they are after a start, in a file from which the next start takes them:
/// that saves two fifths of the processor time of a start, and so of the wait for a killed node.
///
/// The file is made once for each JDK and class path, by a server that is started for it, elects
/// itself and is stopped. It is only ever a help: where it can't be made or does not fit, servers
/// start without it. Class paths with folders don't fit.
public final class ClassCache {
  private static final long PATIENCE_SECONDS = 60;
  private static final String PREFIX = "raft-node-";
  private static final String SUFFIX = ".aot";

  private final Path folder;

  /// @param folder where files are kept; made if missing
  public ClassCache(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /// The same program, with a cache if there can be one.
  public RaftProgram speedUp(RaftProgram program) {
    List<String> java = program.java();
    int place = java.indexOf("-cp");
    if (place < 0 || !isOfJars(java.get(place + 1))) {
      return program;
    }
    Path file = folder.resolve(PREFIX + fingerprint(java) + SUFFIX);
    if (!Files.exists(file)) {
      try {
        make(program, file);
      } catch (IOException notPossible) {
        return program;
      }
    }
    // What it says about a file that does not fit would be on the server's standard output.
    return withJava(program, "-XX:AOTCache=" + file, "-Xlog:aot*=off,cds*=off");
  }

  private static boolean isOfJars(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(Path::of)
        .allMatch(Files::isRegularFile);
  }

  private static RaftProgram withJava(RaftProgram program, String... options) {
    List<String> java = new ArrayList<>(program.java());
    java.addAll(1, List.of(options));
    return new RaftProgram(java, program.cluster(), program.options());
  }

  /// Of all that the file depends on: the command, and each file of its class path.
  private static String fingerprint(List<String> java) {
    StringBuilder all = new StringBuilder(Runtime.version().toString());
    for (String word : java) {
      all.append('\n').append(word);
      for (String entry : word.split(File.pathSeparator, -1)) {
        File file = new File(entry);
        all.append(' ').append(file.length()).append(' ').append(file.lastModified());
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(all.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("every JDK has SHA-256", broken);
    }
  }

  private void make(RaftProgram program, Path file) throws IOException {
    Files.createDirectories(folder);
    Path temporary = Files.createTempDirectory(folder, "making");
    try {
      Path made = temporary.resolve("made" + SUFFIX);
      run(withJava(program, "-XX:AOTCacheOutput=" + made, "-Xlog:disable"), temporary);
      removeOld();
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.delete(temporary);
    }
  }

  /// Runs a cluster of one until it has a leader. The JVM writes the file when it ends.
  private static void run(RaftProgram program, Path temporary) throws IOException {
    Process server =
        new ProcessBuilder(program.alone(temporary.resolve("data")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.contains("\"event\":\"leader\"")) {
          // Not by the process itself, which would close what it says as well.
          server.toHandle().destroy();
        }
      }
      if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || server.exitValue() != 0) {
        throw new IOException("the server did not stop by itself");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    } finally {
      server.destroyForcibly();
    }
  }

  private void removeOld() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        String name = each.getFileName().toString();
        if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
          Files.delete(each);
        }
      }
    }
  }
}
