package dev.labrys.cluster.machine;

import dev.labrys.cluster.RunMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules of iptables that send what some address sends to another into a [PacketQueue]. Each bears
/// the mark of its run; no other rule is touched.
///
/// By iptables, since a kernel can have its queues without those of nftables. If nobody reads the
/// queue, they let packets pass.
final class QueueRules {
  private static final String COMMENT = "labrys_";
  private static final Pattern OURS =
      Pattern.compile("-A (.*--comment \"?" + COMMENT + "(\\w+)\"? .*)");

  /// On the way between others, from here and to here: a packet takes one of them.
  private static final List<String> CHAINS = List.of("FORWARD", "OUTPUT", "INPUT");

  private final RunMark mark;
  private final NetworkSpace space;

  /// A rule that is there.
  ///
  /// @param mark of the run it belongs to
  /// @param text without the word that adds it
  private record Rule(RunMark mark, String text) {}

  /// @param space where the bridge is
  QueueRules(RunMark mark, NetworkSpace space) {
    this.mark = mark;
    this.space = space;
  }

  /// By what the rules of a run are known.
  static String comment(RunMark mark) {
    return COMMENT + mark;
  }

  /// Sends what these send into the queue of that number, and nothing else, from one moment to the
  /// next.
  void set(Collection<Pair> pairs, int queue) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Pair pair : pairs) {
      for (String chain : CHAINS) {
        lines.add(
            "-I %s -s %s -d %s -m comment --comment %s -j NFQUEUE --queue-num %d --queue-bypass"
                .formatted(chain, pair.from(), pair.to(), comment(mark), queue));
      }
    }
    replace(lines);
  }

  /// Removes all rules of this run.
  void remove() throws IOException {
    replace(List.of());
  }

  private void replace(List<String> added) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Rule each : rules(space)) {
      if (each.mark().equals(mark)) {
        lines.add("-D " + each.text());
      }
    }
    lines.addAll(added);
    if (!lines.isEmpty()) {
      String input = "*mangle\n%s\nCOMMIT\n".formatted(String.join("\n", lines));
      Tool.run(space.enter(List.of("iptables-restore", "--noflush", "--wait")), input);
    }
  }

  private static List<Rule> rules(NetworkSpace space) throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (String line :
        Tool.run(space.enter(List.of("iptables-save", "-t", "mangle")), "").lines().toList()) {
      Matcher parts = OURS.matcher(line);
      if (parts.matches()) {
        RunMark.parse(parts.group(2)).ifPresent(mark -> rules.add(new Rule(mark, parts.group(1))));
      }
    }
    return rules;
  }

  /// Whose rules are in the runner's own namespace.
  static Set<RunMark> all() throws IOException {
    Set<RunMark> marks = new LinkedHashSet<>();
    rules(new NetworkSpace(Optional.empty())).forEach(rule -> marks.add(rule.mark()));
    return marks;
  }
}
