package dev.labrys.raft.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many connections there may be, given how many files the process may open.
///
/// A connection is an open file, and a node that can't open the next file of its log has to end. So
/// whoever opens connections must not be able to use all of them up.
///
/// @param limit of files that are open at a time
record OpenFiles(int limit) {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +(\\d{1,9}) ");
  private static final int NO_LIMIT = 1_000_000_000;

  /// For servers, the log, and the Java runtime.
  private static final int RESERVED = 400;

  private static final int LEAST = 16;
  private static final int HTTP_CONNECTIONS = 1_024;

  /// The limit of this process, where it can be found out.
  static OpenFiles ofThisProcess() {
    try {
      Matcher matcher = LIMIT.matcher(Files.readString(LIMITS));
      return new OpenFiles(matcher.find() ? Integer.parseInt(matcher.group(1)) : NO_LIMIT);
    } catch (IOException elsewhere) {
      return new OpenFiles(NO_LIMIT);
    }
  }

  /// Connections of clients, of which there should be `wanted`.
  int clients(int wanted) {
    return atMost(wanted, free() / 4 * 3);
  }

  /// Connections of HTTP clients.
  int http() {
    return atMost(HTTP_CONNECTIONS, free() / 4);
  }

  private int free() {
    return limit - RESERVED;
  }

  private static int atMost(int wanted, int possible) {
    return Math.min(wanted, Math.max(LEAST, possible));
  }
}
