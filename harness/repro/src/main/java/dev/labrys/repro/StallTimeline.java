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

/// What happened around a stall, for people: as lines, and as a picture.
public final class StallTimeline {

  /// What the columns of [#lines] mean.
  public static final String LEGEND =
      "* leads; t2: is in term 2; log 4@1: its last entry is 4, of term 1; c3: knows 3 to be"
          + " committed; a: has applied";

  private static final double SECOND = 1e9;
  private static final double BEFORE = 0.1;
  private static final int LEFT = 60;
  private static final int WIDTH = 860;
  private static final int LANE = 66;
  private static final int TOP = 70;
  private static final String INK = "#24292f";
  private static final String PALE = "#8c959f";
  private static final List<String> TERMS =
      List.of("#1f6feb", "#8250df", "#bf8700", "#1a7f37", "#0a7ea4");

  private final StallOutcome outcome;

  private StallTimeline(StallOutcome outcome) {
    this.outcome = outcome;
  }

  /// A line for each thing that was done, and for each change of what nodes say.
  public static List<String> lines(StallOutcome outcome) {
    return new StallTimeline(outcome).lines();
  }

  /// The same as a picture.
  public static String svg(StallOutcome outcome) {
    return new StallTimeline(outcome).draw();
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

  // The picture

  private double x(long nanos) {
    double last = seconds(outcome.glimpses().getLast().nanos());
    double share = (seconds(nanos) + BEFORE) / (last + BEFORE);
    return LEFT + Math.clamp(share, 0, 1) * (WIDTH - LEFT - 20);
  }

  private String draw() {
    int height = TOP + nodes().size() * LANE + 50;
    Svg svg = new Svg(WIDTH, height, outcome.text());
    svg.text(LEFT, 20, "start", INK, outcome.text().replaceFirst(" \\(.*", ""));
    svg.text(
        LEFT,
        38,
        "start",
        PALE,
        "bars: who leads, a colour for each term; red: stalled; t2 2@1 c1: in term 2, last entry"
            + " 2 of term 1, knows 1 to be committed");
    double top = TOP;
    for (NodeId node : nodes()) {
      lane(svg, node, top);
      top += LANE;
    }
    for (double tick = 0; tick <= seconds(outcome.glimpses().getLast().nanos()); tick += 0.5) {
      double x = x(outcome.stalledNanos() + (long) (tick * SECOND));
      svg.line(x, TOP - 12, x, top, "#eaeef2");
      svg.text(x, top + 16, "middle", PALE, String.format(Locale.ROOT, "%.1f s", tick));
    }
    marks(svg, top);
    return svg.toString();
  }

  private void lane(Svg svg, NodeId node, double top) {
    svg.text(LEFT - 12, top + 20, "end", INK, node.name());
    svg.line(LEFT, top + 16, WIDTH - 20, top + 16, "#d0d7de");
    if (node.equals(outcome.stalled())) {
      double start = x(outcome.stalledNanos());
      svg.box(start, top + 2, x(outcome.healedNanos()) - start, 28, "#ffcecb");
    }
    List<Glimpse> glimpses = glimpses();
    String said = "";
    double[] free = {0, 0};
    for (int i = 0; i + 1 < glimpses.size(); i++) {
      Glimpse now = glimpses.get(i);
      double start = x(now.nanos());
      if (now.of(node).isEmpty()) {
        continue;
      }
      Standing standing = now.of(node).get();
      if (standing.isLeader()) {
        String color = TERMS.get((int) Math.floorMod(standing.term(), (long) TERMS.size()));
        svg.box(start, top + 10, x(glimpses.get(i + 1).nanos()) - start + 0.5, 12, color);
      }
      String text =
          "t%d %d@%d c%d"
              .formatted(
                  standing.term(),
                  standing.log().last(),
                  standing.log().lastTerm(),
                  standing.log().committed());
      if (!text.equals(said)) {
        label(svg, start, top, free, text);
        said = text;
      }
    }
  }

  /// Writes below the lane, in the first of two lines that is free there.
  ///
  /// @param free from where on each line is
  private static void label(Svg svg, double x, double top, double[] free, String text) {
    svg.line(x, top + 22, x, top + 32, PALE);
    for (int line = 0; line < free.length; line++) {
      if (x >= free[line]) {
        svg.text(x, top + 43 + 13 * line, "start", INK, text);
        free[line] = x + 6.6 * text.length();
        return;
      }
    }
  }

  private void marks(Svg svg, double bottom) {
    for (Remark remark : outcome.remarks()) {
      double x = x(remark.nanos());
      if (remark.kind() == Remark.Kind.HEALED) {
        svg.line(x, TOP - 12, x, bottom, "#1a7f37");
        svg.text(x + 4, TOP - 14, "start", "#1a7f37", "all is well again");
      }
    }
    double x = x(outcome.stalledNanos());
    svg.line(x, TOP - 12, x, bottom, "#cf222e");
    svg.text(x + 4, TOP - 14, "start", "#cf222e", outcome.setting().stall().meaning());
  }
}
