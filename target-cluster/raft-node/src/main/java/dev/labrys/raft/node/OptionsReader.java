package dev.labrys.raft.node;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes [NodeOptions] of what was written, or says in one line what is wrong with it.
final class OptionsReader {
  private static final Pattern SERVER = Pattern.compile("n?([1-9][0-9]{0,8})");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([km]?)");
  private static final long MILLI = 1_000_000;

  private final SettingsText text;

  private OptionsReader(SettingsText text) {
    this.text = text;
  }

  static NodeOptions read(SettingsText text) throws UsageException {
    try {
      return new OptionsReader(text).read();
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  private NodeOptions read() throws UsageException {
    String cluster = required(Setting.CLUSTER);
    ServerId node = server(required(Setting.NODE));
    return new NodeOptions(
        new Identity(cluster, node),
        folder(required(Setting.DATA)),
        initial(node),
        peers(node),
        listen(),
        raft(),
        admin(),
        limits());
  }

  private String required(Setting setting) throws UsageException {
    Optional<String> value = text.value(setting);
    if (value.isEmpty()) {
      throw new UsageException(
          "--%s %s is missing: %s"
              .formatted(setting.word(), setting.placeholder(), setting.meaning()));
    }
    return value.get();
  }

  /// The server that `word` names: `n3`, or just `3`.
  static ServerId server(String word) {
    Matcher matcher = SERVER.matcher(word.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is no node: write n1, n2 …".formatted(word));
    }
    return new ServerId(Integer.parseInt(matcher.group(1)));
  }

  /// Adds the server that `word` names to `servers`, who must all be different: whoever names one
  /// twice meant another.
  static void addServer(List<ServerId> servers, String word) {
    ServerId server = server(word);
    if (servers.contains(server)) {
      throw new IllegalArgumentException("%s is named twice".formatted(server));
    }
    servers.add(server);
  }

  /// The file system for the data of a node: that of this machine, or one that keeps a copy
  /// besides.
  static FileLayer files(SettingsText text, NodeOptions options) throws UsageException {
    FileLayer real = new FileLayerOnDisk();
    Optional<String> copy = text.value(Setting.SYNCED_COPY);
    return copy.isPresent() ? new SyncedCopy(real, options.data(), folder(copy.get())) : real;
  }

  private static Path folder(String word) throws UsageException {
    try {
      return Path.of(word);
    } catch (InvalidPathException _) {
      throw new UsageException("'%s' can't be a folder".formatted(word));
    }
  }

  private Configuration initial(ServerId node) throws UsageException {
    Optional<String> members = text.value(Setting.MEMBERS);
    if (isOn(Setting.JOIN)) {
      if (members.isPresent()) {
        throw new UsageException("a node either has members or joins");
      }
      return Configuration.NONE;
    }
    if (members.isEmpty()) {
      throw new UsageException("say --members n1,n2,n3 to begin a cluster, or --join");
    }
    List<ServerId> voters = new ArrayList<>();
    for (String word : members.get().split(",", -1)) {
      addServer(voters, word);
    }
    if (!voters.contains(node)) {
      throw new UsageException(
          "%s is not among the members %s; one that comes later says --join"
              .formatted(node, members.get()));
    }
    return new Configuration(voters, List.of(), List.of());
  }

  private Map<ServerId, HostPort> peers(ServerId node) throws UsageException {
    Map<ServerId, HostPort> peers = new TreeMap<>();
    for (String list : text.values(Setting.PEERS)) {
      List<ServerId> named = new ArrayList<>();
      for (String each : list.split(",", -1)) {
        int equals = each.indexOf('=');
        if (equals < 0) {
          throw new UsageException("'%s' must be written n2=host:port".formatted(each));
        }
        addServer(named, each.substring(0, equals));
        ServerId peer = named.getLast();
        if (peer.equals(node)) {
          throw new UsageException("%s is this node, and no peer of its own".formatted(peer));
        }
        peers.put(peer, peerAddress(each.substring(equals + 1).strip()));
      }
    }
    return peers;
  }

  /// Where a peer is: somewhere one can connect to.
  static HostPort peerAddress(String word) {
    HostPort address = HostPort.parse(word);
    if (address.port() == 0) {
      throw new IllegalArgumentException("'%s': nobody can connect to port 0".formatted(word));
    }
    return address;
  }

  private NodeOptions.Listen listen() {
    NodeOptions.Listen base = NodeOptions.Listen.LOOPBACK;
    return new NodeOptions.Listen(
        address(Setting.LISTEN_PEER).orElse(base.peer()),
        address(Setting.LISTEN_CLIENT).orElse(base.client()),
        address(Setting.LISTEN_HTTP).orElse(base.http()),
        address(Setting.ADVERTISE_CLIENT),
        address(Setting.ADVERTISE_HTTP));
  }

  private Optional<HostPort> address(Setting setting) {
    return text.value(setting).map(HostPort::parse);
  }

  private RaftOptions raft() throws UsageException {
    try {
      return RaftOptions.parse(text.values(Setting.RAFT_OPTION));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("--raft-option: " + wrong.getMessage());
    }
  }

  private NodeOptions.Admin admin() throws UsageException {
    String word = text.value(Setting.ADMIN).orElse("loopback");
    return switch (word) {
      case "loopback" -> NodeOptions.Admin.LOOPBACK;
      case "any" -> NodeOptions.Admin.ANY;
      case "none" -> NodeOptions.Admin.NONE;
      default ->
          throw new UsageException("--admin is loopback, any or none, not '%s'".formatted(word));
    };
  }

  private NodeOptions.Limits limits() throws UsageException {
    NodeOptions.Limits base = NodeOptions.Limits.DEFAULTS;
    return new NodeOptions.Limits(
        number(Setting.MAX_COMMAND, base.commandBytes(), 1, 1 << 26),
        number(Setting.MAX_REQUESTS, base.requests(), 1, 1_000_000),
        number(Setting.MAX_CLIENTS, base.clients(), 1, 1_000_000),
        time(Setting.HANDSHAKE_TIMEOUT, base.handshakeNanos()),
        time(Setting.IDLE_TIMEOUT, base.idleNanos()),
        time(Setting.REQUEST_TIMEOUT, base.requestNanos()));
  }

  private int number(Setting setting, int base, int least, int most) throws UsageException {
    Optional<String> word = text.value(setting);
    if (word.isEmpty()) {
      return base;
    }
    Matcher matcher = SIZE.matcher(word.get());
    long number = -1;
    if (matcher.matches()) {
      long unit =
          switch (matcher.group(2)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            default -> 1;
          };
      number = Long.parseLong(matcher.group(1)) * unit;
    }
    if (number < least || number > most) {
      throw new UsageException(
          "--%s is a number from %d to %d, perhaps with k or m, not '%s'"
              .formatted(setting.word(), least, most, word.get()));
    }
    return (int) number;
  }

  private long time(Setting setting, long base) throws UsageException {
    Optional<String> word = text.value(setting);
    if (word.isEmpty()) {
      return base;
    }
    Matcher matcher = TIME.matcher(word.get().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new UsageException(
          "--%s is a time such as 250ms, 5s or 10m, not '%s'"
              .formatted(setting.word(), word.get()));
    }
    long unit =
        switch (matcher.group(2)) {
          case "ms" -> MILLI;
          case "s" -> 1_000 * MILLI;
          default -> 60_000 * MILLI;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }

  /// Whether a switch is on.
  private boolean isOn(Setting setting) throws UsageException {
    return isOn(text, setting);
  }

  /// Whether a switch is on in `text`.
  static boolean isOn(SettingsText text, Setting setting) throws UsageException {
    String word = text.value(setting).orElse("false");
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new UsageException("%s is true or false, not '%s'".formatted(setting.word(), word));
    };
  }
}
