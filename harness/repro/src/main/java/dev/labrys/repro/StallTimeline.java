package dev.labrys.repro;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.liveness.Glimpse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What happened around a stall, for people: in lines.
public final class StallTimeline {

  /// What the columns of [#lines] mean.
  public static final String LEGEND =
      "* leads; t2: is in term 2; log 4@1: its last entry is 4, of term 1; c3: knows 3 to be"
          + " committed; a: has applied";

  private static final double SECOND = 1e9;
  private static final double BEFORE = 0.1;

  private final StallOutcome outcome;

  private StallTimeline(StallOutcome outcome) {
    this.outcome = outcome;
  }

  /// A line for each thing that was done, and for each change of what nodes say.
  public static List<String> lines(StallOutcome outcome) {
    return new StallTimeline(outcome).lines();
  }

  /// Seconds since the stall began.
  private double seconds(long nanos) {
    return (nanos - outcome.stalledNanos()) / SECOND;
  }

  private List<String> lines() {
    Map<Long, List<String>> byTime = new TreeMap<>();
    for (Remark remark : outcome.remarks()) {
      String text = "%s %s".formatted(remark.node(), remark.text());
      byTime.computeIfAbsent(remark.nanos(), _ -> new ArrayList<>()).add(text);
    }
    String before = "";
    for (Glimpse glimpse : glimpses()) {
      String now = standings(glimpse);
      if (!now.equals(before)) {
        byTime.computeIfAbsent(glimpse.nanos(), _ -> new ArrayList<>()).add("  " + now);
        before = now;
      }
    }
    return byTime.entrySet().stream()
        .flatMap(each ->
            each.getValue().stream()
                .map(text ->
                    String.format(Locale.ROOT, "%+6.2f s  %s", seconds(each.getKey()), text)))
        .toList();
  }

  private List<Glimpse> glimpses() {
    return outcome.glimpses().stream().filter(each -> seconds(each.nanos()) >= -BEFORE).toList();
  }

  private String standings(Glimpse glimpse) {
    return nodes().stream()
        .map(node ->
            "%-26s"
                .formatted(
                    glimpse
                        .of(node)
                        .map(standing -> node + standing(standing))
                        .orElse(node + "  –")))
        .collect(Collectors.joining())
        .stripTrailing();
  }

  private static String standing(Standing standing) {
    Standing.Log log = standing.log();
    return "%s t%d log %d@%d c%d a%d"
        .formatted(
            standing.isLeader() ? "*" : " ",
            standing.term(),
            log.last(),
            log.lastTerm(),
            log.committed(),
            log.applied());
  }

  private SortedSet<NodeId> nodes() {
    SortedSet<NodeId> nodes = new TreeSet<>();
    outcome.glimpses().forEach(each -> nodes.addAll(each.nodes().keySet()));
    return nodes;
  }
}
