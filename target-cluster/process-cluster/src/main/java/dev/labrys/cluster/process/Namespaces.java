package dev.labrys.cluster.process;

import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.LastChance;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Subnet;
import dev.labrys.cluster.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A network namespace for each node, connected with each other and with this machine: every node
/// then has an address of its own, and all ports.
///
/// The bridge that connects them is in a namespace as well, since a firewall of this machine may
/// drop what passes bridges; a Docker engine has it do so. Everything bears the id of the network
/// in its name, and is noted in the registry before it is made.
final class Namespaces implements AutoCloseable {
  private static final Path FOLDER = Path.of("/var/run/netns");
  private static final Path INTERFACES = Path.of("/sys/class/net");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /// The addresses below are the bridge's, and for proxies.
  private static final int FIRST_NODE = 11;

  private final String id;
  private final Registration note;
  private final Subnet subnet;
  private final SortedMap<NodeId, String> addresses = new TreeMap<>();
  private final LastChance lastChance =
      new LastChance("network namespaces are left behind", this::remove);

  private Namespaces(String id, Registration note, Subnet subnet) {
    this.id = id;
    this.note = note;
    this.subnet = subnet;
  }

  /// Why there can't be any here; empty if making some was seen to work.
  static Optional<String> complaint() {
    if (!Files.isDirectory(INTERFACES)) {
      return Optional.of("network namespaces are something of Linux");
    }
    String id = newId("probe");
    try {
      setUp(id, List.of(NodeId.numbered(1)));
      Tool.run(enter(id, NodeId.numbered(1), List.of("true")), "");
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(
          "namespaces take root, and the programs ip (iproute2) and nsenter (util-linux): "
              + refused.getMessage());
    } finally {
      removeQuietly(id);
    }
  }

  /// Makes a namespace for each of `nodes`.
  ///
  /// @param registry where that is noted
  /// @param folder of the run, for people
  static Namespaces create(List<NodeId> nodes, Path registry, Path folder) throws IOException {
    String id = newId(folder.toString());
    Registration note =
        Registration.write(
            registry, new Registration.Owned.Network(id), folder, KnownProcess.self());
    Namespaces made = new Namespaces(id, note, freeSubnet(id));
    made.lastChance.begin();
    try {
      made.build(nodes);
      return made;
    } catch (IOException failed) {
      made.close();
      throw failed;
    }
  }

  private static String newId(String salt) {
    int hash = Objects.hash(salt, ProcessHandle.current().pid(), System.nanoTime());
    return HexFormat.of().toHexDigits(hash);
  }

  private static Subnet freeSubnet(String id) throws IOException {
    List<Subnet> taken = Subnet.ofThisMachine();
    return Subnet.choice(id.hashCode()).stream()
        .filter(subnet -> taken.stream().noneMatch(subnet::overlaps))
        .findFirst()
        .orElseThrow(() -> new IOException("no range of addresses is free for network namespaces"));
  }

  private void build(List<NodeId> nodes) throws IOException {
    setUp(id, nodes);
    ip("addr add %s/%d dev lab%s\n".formatted(subnet.address(1), subnet.prefix(), id));
    for (NodeId node : nodes) {
      String address = subnet.address(FIRST_NODE + addresses.size());
      addresses.put(node, address);
      String inside =
          """
          link set lo up
          addr add %s/%d dev eth0
          link set eth0 up
          """
              .formatted(address, subnet.prefix());
      ip(inside, "-n", namespace(id, node));
    }
  }

  private static void setUp(String id, List<NodeId> nodes) throws IOException {
    StringBuilder outside =
        new StringBuilder(
            """
            netns add %2$s
            link add name lab%1$s type veth peer name runner netns %2$s
            link set lab%1$s up
            """
                .formatted(id, name(id)));
    StringBuilder inside =
        new StringBuilder(
            """
            link add name bridge type bridge
            link set bridge up
            link set runner master bridge up
            """);
    int number = 0;
    for (NodeId node : nodes) {
      number++;
      outside.append("netns add %s\n".formatted(namespace(id, node)));
      inside.append(
          """
          link add name port%1$d type veth peer name eth0 netns %2$s
          link set port%1$d master bridge up
          """
              .formatted(number, namespace(id, node)));
    }
    ip(outside.toString());
    ip(inside.toString(), "-n", name(id));
  }

  private static String namespace(String id, NodeId node) {
    return "%s-%s".formatted(name(id), node);
  }

  /// The namespace of the bridge. The names of all others of the network begin with it.
  static String name(String id) {
    return "labrys-" + id;
  }

  private static void ip(String batch, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(options));
    command.addAll(List.of("-batch", "-"));
    Tool.run(command, batch);
  }

  /// The address by which nodes reach this machine.
  String host() {
    return subnet.address(1);
  }

  /// The address of a node.
  String address(NodeId node) {
    return Optional.ofNullable(addresses.get(node))
        .orElseThrow(() -> new IllegalArgumentException("there is no namespace of " + node));
  }

  /// The file of the namespace of the bridge.
  Path bridge() {
    return FOLDER.resolve(name(id));
  }

  /// The command that becomes `command` in the namespace of `node`.
  List<String> enter(NodeId node, List<String> command) {
    return enter(id, node, command);
  }

  /// Not by `ip netns exec`, which mounts another `/sys`, without the limits of control groups.
  private static List<String> enter(String id, NodeId node, List<String> command) {
    List<String> longer =
        new ArrayList<>(List.of("nsenter", "--net=" + FOLDER.resolve(namespace(id, node)), "--"));
    longer.addAll(command);
    return longer;
  }

  /// Removes all that a network consists of, as far as it is there.
  static void remove(String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      throw new IOException("not the id of a network: " + id);
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    IOException failure = new IOException("the network %s stays".formatted(name(id)));
    for (String left = remains(id); !left.isEmpty(); left = remains(id)) {
      try {
        ip(left);
      } catch (IOException perhapsGone) {
        // A link vanishes with its other end.
        failure = perhapsGone;
      }
      if (System.nanoTime() > deadline) {
        throw failure;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// The commands that remove what is there. The link first: with its namespace it would go some
  /// time later.
  private static String remains(String id) throws IOException {
    String prefix = "lab" + id;
    StringBuilder batch = new StringBuilder();
    named(INTERFACES, prefix).forEach(link -> batch.append("link del ").append(link).append('\n'));
    named(FOLDER, name(id))
        .forEach(namespace -> batch.append("netns del ").append(namespace).append('\n'));
    return batch.toString();
  }

  private static List<String> named(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static void removeQuietly(String id) {
    try {
      remove(id);
    } catch (IOException stays) {
      System.err.println("labrys: %s: %s".formatted(name(id), stays.getMessage()));
    }
  }

  private void remove() throws IOException {
    remove(id);
    note.delete();
  }

  @Override
  public void close() throws IOException {
    remove();
    lastChance.close();
  }
}
