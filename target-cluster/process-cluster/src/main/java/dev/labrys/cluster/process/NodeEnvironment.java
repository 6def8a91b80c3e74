package dev.labrys.cluster.process;

import java.util.Set;

/// Which variables of the runner's environment its nodes have, too: those that say where things are
/// and how people write.
///
/// Any other may change what a node does, such as `ETCD_HEARTBEAT_INTERVAL` and
/// `JAVA_TOOL_OPTIONS`, and a run is to be the same whoever starts it. What a program needs beyond
/// them, its [launch][dev.labrys.cluster.Launch] says, as it has to for containers.
final class NodeEnvironment {
  private static final Set<String> USUAL =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "TMPDIR",
          "TZ",
          "LANG",
          "JAVA_HOME",
          "LD_LIBRARY_PATH");

  private static final String OF_LOCALE = "LC_";

  private NodeEnvironment() {}

  static boolean isUsual(String variable) {
    return USUAL.contains(variable) || variable.startsWith(OF_LOCALE);
  }
}
