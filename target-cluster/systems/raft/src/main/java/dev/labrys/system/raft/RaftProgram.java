package dev.labrys.system.raft;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Our own server process, `raft-node`, as a node of a cluster.
///
/// @param java the command that starts a JVM, with its options up to the name of the class
/// @param cluster the name of the cluster, without which nodes don't speak to each other
/// @param options options of the node beyond those that say who and where it is
public record RaftProgram(List<String> java, String cluster, List<String> options)
    implements Program {

  /// The port on which a node hears HTTP.
  public static final String HTTP_PORT = "http";

  private static final String MAIN = "dev.labrys.raft.node.NodeMain";

  public RaftProgram {
    java = List.copyOf(java);
    options = List.copyOf(options);
  }

  /// The server from the class path of this JVM, run by the same JDK.
  public static RaftProgram ofThisJvm(String cluster, List<String> options) {
    String executable = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new RaftProgram(
        List.of(executable, "-XX:+UseSerialGC", "-Xmx256m", "-cp", absoluteClassPath()),
        cluster,
        options);
  }

  /// Nodes run in folders of their own, where a relative path means something else.
  private static String absoluteClassPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public String name() {
    return "raft";
  }

  @Override
  public List<String> ports() {
    return List.of(PEER_PORT, CLIENT_PORT, HTTP_PORT);
  }

  @Override
  public Launch launch(Site site) {
    List<String> command = new ArrayList<>(java);
    command.add(MAIN);
    add(command, "cluster", cluster);
    add(command, "node", site.node().name());
    add(command, "data", site.data().resolve("data").toString());
    if (site.members().contains(site.node())) {
      add(command, "members", names(site.members()));
    } else {
      command.add("--join");
    }
    String peers =
        site.nodes().stream()
            .filter(node -> !node.equals(site.node()))
            .map(node -> node + "=" + site.peer(node))
            .collect(Collectors.joining(","));
    if (!peers.isEmpty()) {
      add(command, "peers", peers);
    }
    for (String port : ports()) {
      add(command, "listen-" + port, site.listen(port).toString());
    }
    add(command, "advertise-client", site.advertised(site.node(), CLIENT_PORT).toString());
    add(command, "advertise-http", site.advertised(site.node(), HTTP_PORT).toString());
    command.addAll(options);
    return new Launch(command, new TreeMap<>(), new Readiness.Line("\"event\":\"READY\""));
  }

  private static void add(List<String> command, String option, String value) {
    command.add("--" + option);
    command.add(value);
  }

  private static String names(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::name).collect(Collectors.joining(","));
  }
}
