package dev.labrys.system.raft;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.HttpProbe;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Surroundings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Our own server process, `raft-node`, as a node of a cluster.
///
/// @param java the command that starts a JVM, with its options up to the name of the class
/// @param cluster the name of the cluster, without which nodes don't speak to each other
/// @param options options of the node beyond those that say who and where it is
public record RaftProgram(List<String> java, String cluster, List<String> options)
    implements Program {

  /// The port on which a node hears HTTP.
  public static final String HTTP_PORT = "http";

  /// How nodes tell messages of each other apart, as proxies call it.
  public static final String FRAMING = "labrys";

  private static final HttpProbe HTTP = new HttpProbe(Duration.ofMillis(200));
  private static final HttpProbe PATIENT_HTTP = new HttpProbe(Duration.ofSeconds(10));
  private static final String MAIN = "dev.labrys.raft.node.NodeMain";

  public RaftProgram {
    java = List.copyOf(java);
    options = List.copyOf(options);
  }

  /// The server from the class path of this JVM, run by the same JDK.
  public static RaftProgram ofThisJvm(String cluster, List<String> options) {
    String executable = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // A JVM that is killed leaves its performance data behind in the folder of temporary files.
    List<String> java =
        List.of(
            executable,
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:-UsePerfData",
            "-cp",
            absoluteClassPath());
    return new RaftProgram(java, cluster, options);
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
    site.syncedCopy()
        .ifPresent(copy -> add(command, "synced-copy", copy.resolve("data").toString()));
    for (String port : ports()) {
      add(command, "listen-" + port, site.listen(port).toString());
    }
    add(command, "advertise-client", site.advertised(site.node(), CLIENT_PORT).toString());
    add(command, "advertise-http", site.advertised(site.node(), HTTP_PORT).toString());
    command.addAll(options);
    return new Launch(command, new TreeMap<>(), new Readiness.Line("\"event\":\"READY\""));
  }

  /// The command of a server that is a cluster by itself, on ports that are free.
  List<String> alone(Path data) {
    List<String> command = new ArrayList<>(java);
    command.add(MAIN);
    add(command, "cluster", cluster);
    add(command, "node", "n1");
    add(command, "data", data.toString());
    add(command, "members", "n1");
    return command;
  }

  @Override
  public Set<Capability> offers() {
    return EnumSet.of(
        Capability.STALL_TIMERS,
        Capability.DRIFT_TIMERS,
        Capability.TRANSFER_LEADERSHIP,
        Capability.CHANGE_MEMBERS,
        Capability.DAMAGE_FILES,
        Capability.FILL_DISK,
        Capability.STALL_DISK,
        Capability.PROTECT_DISK,
        Capability.FAIL_SYNCS,
        Capability.DELAY_SYNCS);
  }

  @Override
  public void stallTimers(Function<String, Address> ports, Duration length) throws IOException {
    tell(ports, "/admin/stall", "{\"millis\":%d}".formatted(length.toMillis()));
  }

  @Override
  public void driftTimers(Function<String, Address> ports, long millionths) throws IOException {
    tell(ports, "/admin/drift", "{\"millionths\":%d}".formatted(millionths));
  }

  @Override
  public void troubleDisk(
      Function<String, Address> ports, Surroundings.Disk disk, Duration syncDelay)
      throws IOException {
    String trouble = disk.name().toLowerCase(Locale.ROOT).replace('_', '-');
    tell(
        ports,
        "/admin/disk",
        "{\"trouble\":\"%s\",\"sync-delay-millis\":%d}".formatted(trouble, syncDelay.toMillis()));
  }

  private static void tell(Function<String, Address> ports, String path, String json)
      throws IOException {
    Address http = ports.apply(HTTP_PORT);
    if (PATIENT_HTTP.post(http, path, json).isEmpty()) {
      throw new IOException(
          "the node at %s does not obey; it takes the option admin=any if it sees others than"
                  .formatted(http)
              + " loopback");
    }
  }

  @Override
  public boolean keepsSyncedCopy() {
    return true;
  }

  @Override
  public List<Path> files(NodeFiles.Part part, Path data) throws IOException {
    String name =
        switch (part) {
          case LOG -> "log-";
          case SNAPSHOT -> "snapshot";
          case VOTE -> "state";
        };
    try (Stream<Path> files = Files.list(data.resolve("data"))) {
      return files.filter(file -> file.getFileName().toString().startsWith(name)).sorted().toList();
    }
  }

  @Override
  public void transfer(List<NodeId> nodes, BiFunction<NodeId, String, Address> ports, NodeId target)
      throws IOException {
    Address http = leader(nodes, ports).address();
    String json = "{\"target\":\"%s\"}".formatted(target);
    if (PATIENT_HTTP.post(http, "/admin/transfer", json).isEmpty()) {
      throw new IOException("%s has not let %s lead".formatted(http, target));
    }
  }

  @Override
  public boolean hasMovableClock() {
    return true;
  }

  @Override
  public OptionalLong clockMillis(Function<String, Address> ports) {
    return HTTP.get(ports.apply(HTTP_PORT), "/status")
        .flatMap(RaftStatus::read)
        .map(status -> OptionalLong.of(status.clockMillis()))
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public boolean members(
      List<NodeId> nodes, BiFunction<NodeId, String, Address> ports, SortedSet<NodeId> members)
      throws IOException {
    String voters =
        members.stream()
            .map(node -> '"' + node.name() + '"')
            .collect(Collectors.joining(",", "{\"voters\":[", "]}"));
    return PATIENT_HTTP
        .post(leader(nodes, ports).address(), "/admin/membership", voters)
        .isPresent();
  }

  /// A node that says it leads.
  private record Leading(Address address, long term) {}

  private static Leading leader(List<NodeId> nodes, BiFunction<NodeId, String, Address> ports)
      throws IOException {
    Optional<Leading> leader = Optional.empty();
    for (NodeId node : nodes) {
      Address http = ports.apply(node, HTTP_PORT);
      Optional<Leading> found =
          look(http).filter(Standing::isLeader).map(standing -> new Leading(http, standing.term()));
      if (found.isPresent() && (leader.isEmpty() || leader.get().term() < found.get().term())) {
        leader = found;
      }
    }
    return leader.orElseThrow(() -> new IOException("none of %s says it leads".formatted(nodes)));
  }

  private static Optional<Standing> look(Address http) {
    return HTTP.get(http, "/status").flatMap(RaftStatus::read).map(RaftStatus::standing);
  }

  @Override
  public Optional<Standing> standing(Function<String, Address> ports) {
    return look(ports.apply(HTTP_PORT));
  }

  @Override
  public Client client(List<Address> nodes, Client.Habit habit) {
    return new RaftClient(nodes, cluster, habit);
  }

  private static void add(List<String> command, String option, String value) {
    command.add("--" + option);
    command.add(value);
  }

  private static String names(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::name).collect(Collectors.joining(","));
  }
}
