package dev.labrys.cluster.machine;

import dev.labrys.cluster.RunMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A table of the kernel's packet filter, nftables, that drops what some address sends to another
/// across a bridge, or some of it. It is one run's own, and touches no rule of anybody else.
final class PacketFilter {
  private static final String PREFIX = "labrys_";
  private static final Pattern COUNT = Pattern.compile("packets (\\d+)");
  private static final Pattern LISTED = Pattern.compile("table bridge " + PREFIX + "(\\w+)");

  private final String table;
  private final NetworkSpace space;

  /// @param space where the bridge is
  PacketFilter(RunMark mark, NetworkSpace space) {
    this.table = table(mark);
    this.space = space;
  }

  /// What the table of a run is called.
  static String table(RunMark mark) {
    return PREFIX + mark;
  }

  /// Why there can't be any here; empty if one was seen to be taken.
  static Optional<String> complaint() {
    Pair trial = new Pair("192.0.2.1", "192.0.2.2");
    return TrialSpace.complaint(
        "dropping packets takes root, and the programs nft (nftables), unshare and nsenter"
            + " (util-linux)",
        space -> {
          PacketFilter filter = new PacketFilter(RunMark.next(), space);
          filter.create();
          filter.drop(List.of(trial), Map.of(trial, 1));
        });
  }

  /// Makes the table; nothing is dropped yet. The bridge forwards what nodes send each other; what
  /// this machine itself sends and hears is put out and taken in.
  void create() throws IOException {
    nft(
        """
        table bridge %s {
          counter dropped { }
          counter lost { }
          set cut { type ipv4_addr . ipv4_addr; }
          chain lossy { }
          chain forwarded {
            type filter hook forward priority 0; policy accept;
            ip saddr . ip daddr @cut counter name "dropped" drop
            jump lossy
          }
          chain sent {
            type filter hook output priority 0; policy accept;
            ip saddr . ip daddr @cut counter name "dropped" drop
            jump lossy
          }
          chain heard {
            type filter hook input priority 0; policy accept;
            ip saddr . ip daddr @cut counter name "dropped" drop
            jump lossy
          }
        }
        """
            .formatted(table));
  }

  /// Drops what the `cut` send, and so many of a million packets of the `lossy`, and nothing else,
  /// from one moment to the next.
  void drop(List<Pair> cut, Map<Pair, Integer> lossy) throws IOException {
    StringBuilder commands = new StringBuilder();
    commands.append("flush set bridge %1$s cut%nflush chain bridge %1$s lossy%n".formatted(table));
    for (Pair pair : cut) {
      commands.append(
          "add element bridge %s cut { %s . %s }%n".formatted(table, pair.from(), pair.to()));
    }
    lossy.forEach((pair, lost) ->
        commands.append(
            "add rule bridge %s lossy ip saddr %s ip daddr %s %s counter name lost drop%n"
                .formatted(table, pair.from(), pair.to(), chance(lost))));
    nft(commands.toString());
  }

  private static String chance(int millionths) {
    return "numgen random mod 1000000 <= " + (millionths - 1);
  }

  /// How many packets have been dropped by cuts.
  long dropped() throws IOException {
    return count("dropped");
  }

  /// How many packets have been lost by chance.
  long lost() throws IOException {
    return count("lost");
  }

  private long count(String counter) throws IOException {
    String said = run(space, List.of("list", "counter", "bridge", table, counter), "");
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
    NetworkSpace own = new NetworkSpace(Optional.empty());
    return LISTED
        .matcher(run(own, List.of("list", "tables", "bridge"), ""))
        .results()
        .flatMap(table -> RunMark.parse(table.group(1)).stream())
        .toList();
  }

  private void nft(String commands) throws IOException {
    run(space, List.of("-f", "-"), commands);
  }

  private static String run(NetworkSpace space, List<String> words, String input)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("nft"));
    command.addAll(words);
    return Tool.run(space.enter(command), input);
  }
}
