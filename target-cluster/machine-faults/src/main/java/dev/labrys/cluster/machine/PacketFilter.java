package dev.labrys.cluster.machine;

import dev.labrys.cluster.RunMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A table of the kernel's packet filter, nftables, that drops what some address sends to another
/// across a bridge. It is one run's own, and touches no rule of anybody else.
final class PacketFilter {
  private static final Path INTERFACES = Path.of("/sys/class/net");
  private static final String PREFIX = "labrys_";
  private static final Pattern COUNT = Pattern.compile("packets (\\d+)");
  private static final Pattern LISTED = Pattern.compile("table bridge " + PREFIX + "(\\w+)");

  /// A namespace that is gone with the program that is run in it.
  private static final List<String> THROW_AWAY = List.of("unshare", "--net", "--");

  private final String table;
  private final List<String> enter;

  /// Who sends, and to whom, by their IPv4 addresses.
  record Pair(String from, String to) {}

  /// @param enter the words before a command that is to run where the bridge is
  PacketFilter(RunMark mark, List<String> enter) {
    this.table = table(mark);
    this.enter = List.copyOf(enter);
  }

  /// What the table of a run is called.
  static String table(RunMark mark) {
    return PREFIX + mark;
  }

  /// Why there can't be any here; empty if making one was seen to work.
  static Optional<String> complaint() {
    if (!Files.isDirectory(INTERFACES)) {
      return Optional.of("nftables are something of Linux");
    }
    try {
      new PacketFilter(RunMark.next(), THROW_AWAY).create();
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(
          "dropping packets takes root, and the programs nft (nftables) and unshare (util-linux): "
              + refused.getMessage());
    }
  }

  /// Why the kernel can't delay packets here; empty if it was seen to take netem.
  static Optional<String> complaintAboutDelays() {
    List<String> command = new ArrayList<>(THROW_AWAY);
    command.addAll(List.of("tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "0ms"));
    try {
      Tool.run(command, "");
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(
          "netem takes root, the program tc (iproute2) and a kernel that has it: "
              + refused.getMessage());
    }
  }

  /// Makes the table; nothing is dropped yet. The bridge forwards what nodes send each other; what
  /// this machine itself sends and hears is put out and taken in.
  void create() throws IOException {
    nft(
        """
        table bridge %s {
          counter dropped { }
          set cut { type ipv4_addr . ipv4_addr; }
          chain forwarded {
            type filter hook forward priority 0; policy accept;
            ip saddr . ip daddr @cut counter name "dropped" drop
          }
          chain sent {
            type filter hook output priority 0; policy accept;
            ip saddr . ip daddr @cut counter name "dropped" drop
          }
          chain heard {
            type filter hook input priority 0; policy accept;
            ip saddr . ip daddr @cut counter name "dropped" drop
          }
        }
        """
            .formatted(table));
  }

  /// Drops what these send, and nothing else, from one moment to the next.
  void drop(List<Pair> pairs) throws IOException {
    String flush = "flush set bridge %s cut%n".formatted(table);
    String elements =
        pairs.stream()
            .map(pair -> "%s . %s".formatted(pair.from(), pair.to()))
            .collect(Collectors.joining(", "));
    nft(
        pairs.isEmpty()
            ? flush
            : "%sadd element bridge %s cut { %s }%n".formatted(flush, table, elements));
  }

  /// How many packets have been dropped.
  long dropped() throws IOException {
    String said = run(enter, List.of("list", "counter", "bridge", table, "dropped"), "");
    Matcher count = COUNT.matcher(said);
    if (!count.find()) {
      throw new IOException("nft does not tell the count: " + said);
    }
    return Long.parseLong(count.group(1));
  }

  /// Removes the table, if it is there.
  void remove() throws IOException {
    // Adding one that is there changes nothing.
    nft("add table bridge %1$s%ndelete table bridge %1$s%n".formatted(table));
  }

  /// Whose tables are in this network namespace.
  static List<RunMark> all() throws IOException {
    return LISTED
        .matcher(run(List.of(), List.of("list", "tables", "bridge"), ""))
        .results()
        .flatMap(table -> RunMark.parse(table.group(1)).stream())
        .toList();
  }

  private void nft(String commands) throws IOException {
    run(enter, List.of("-f", "-"), commands);
  }

  private static String run(List<String> before, List<String> words, String input)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add("nft");
    command.addAll(words);
    return Tool.run(command, input);
  }
}
