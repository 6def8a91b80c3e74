package dev.labrys.repro;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.liveness.Glimpse;
import dev.labrys.repro.Svg.Anchor;
import dev.labrys.repro.Svg.Paint;
import dev.labrys.repro.Svg.Point;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// What happened around a stall as a picture: a lane for each node, and in it when it led, and what
/// the end of its log was.
public final class StallPicture {
  private static final int WIDTH = 860;
  private static final int LEFT = 56;
  private static final int RIGHT = WIDTH - 24;
  private static final int TOP = 100;
  private static final int LANE = 76;
  private static final int BAR = 18;
  private static final int SQUARE = 16;
  private static final int GAP = 3;
  private static final double LETTER = 6.4;
  private static final double SECOND = 1e9;
  private static final double BEFORE = 0.1;
  private static final double TICK = 0.5;

  /// A colour for each term.
  private static final List<Paint> PAINTS =
      List.of(Paint.BLUE, Paint.VIOLET, Paint.AMBER, Paint.PINK);

  private final StallOutcome outcome;
  private final List<Glimpse> glimpses;
  private final double first;
  private final double last;
  private final Svg svg;
  private final double bottom;

  /// What is shown of a log.
  private record End(long last, long lastTerm, long committed) {
    static End of(Standing standing) {
      return new End(standing.log().last(), standing.log().lastTerm(), standing.log().committed());
    }

    /// The last entry, and the one before.
    long from() {
      return Math.max(1, last - 1);
    }
  }

  private StallPicture(StallOutcome outcome) {
    this.outcome = outcome;
    this.first = Math.min(0, seconds(outcome, outcome.remarks().getFirst().nanos())) - BEFORE;
    this.glimpses =
        outcome.glimpses().stream()
            .filter(each -> seconds(outcome, each.nanos()) >= first)
            .toList();
    this.last = seconds(outcome, glimpses.getLast().nanos());
    this.bottom = TOP + nodes().size() * (double) LANE;
    this.svg = new Svg(WIDTH, (int) bottom + 34, outcome.text());
  }

  /// Draws it.
  public static String svg(StallOutcome outcome) {
    StallPicture picture = new StallPicture(outcome);
    picture.draw();
    return picture.svg.toString();
  }

  /// Since the stall began.
  private static double seconds(StallOutcome outcome, long nanos) {
    return (nanos - outcome.stalledNanos()) / SECOND;
  }

  private double x(long nanos) {
    return at(seconds(outcome, nanos));
  }

  private double at(double seconds) {
    double share = (seconds - first) / (last - first);
    return LEFT + Math.clamp(share, 0, 1) * (RIGHT - LEFT);
  }

  private SortedSet<NodeId> nodes() {
    SortedSet<NodeId> nodes = new TreeSet<>();
    glimpses.forEach(each -> nodes.addAll(each.nodes().keySet()));
    return nodes;
  }

  private void draw() {
    svg.heading(new Point(16, 28), outcome.text().replaceFirst(" \\(.*", ""));
    svg.text(
        new Point(16, 48),
        Anchor.START,
        Paint.FAINT,
        "Squares: the end of a node's log, in the colour of its term; filled if the node knows the"
            + " entry to be committed.");
    for (double second = 0; second <= last; second += TICK) {
      svg.line(new Point(at(second), TOP - 8), new Point(at(second), bottom), Paint.LINE);
      svg.text(
          new Point(at(second), bottom + 18),
          Anchor.MIDDLE,
          Paint.FAINT,
          String.format(Locale.ROOT, "%.1f s", second));
    }
    double top = TOP;
    for (NodeId node : nodes()) {
      lane(node, top);
      top += LANE;
    }
    mark(
        outcome.stalledNanos(),
        TOP - 26,
        Paint.BAD,
        "%s: %s".formatted(outcome.stalled(), outcome.setting().stall().meaning()));
    mark(outcome.healedNanos(), TOP - 12, Paint.GOOD, "all is well again");
  }

  private void mark(long nanos, double top, Paint paint, String words) {
    svg.line(new Point(x(nanos), top - 9), new Point(x(nanos), bottom), paint);
    svg.text(new Point(x(nanos) + 4, top), Anchor.START, paint, words);
  }

  private void lane(NodeId node, double top) {
    if (node.equals(outcome.stalled())) {
      double start = x(outcome.stalledNanos());
      double width = x(outcome.healedNanos()) - start;
      svg.box(new Point(start, top), width, LANE - 6, Paint.BAD_SHADE);
    }
    svg.text(new Point(LEFT - 12, top + 27), Anchor.END, Paint.INK, node.name());
    svg.line(new Point(LEFT, top + 23), new Point(RIGHT, top + 23), Paint.LINE);
    outcome.remarks().stream()
        .filter(remark -> remark.kind() == Remark.Kind.CLIENT && remark.node().equals(node))
        .filter(remark -> seconds(outcome, remark.nanos()) >= first)
        .forEach(remark ->
            svg.text(
                new Point(x(remark.nanos()) - 4, top + 10), Anchor.START, Paint.INK, "▾ command"));
    leads(node, top + 14);
    logs(node, top + 38);
  }

  /// A bar for each term in which it says that it leads.
  private void leads(NodeId node, double top) {
    int i = 0;
    while (i < glimpses.size()) {
      long term = ledTerm(glimpses.get(i), node);
      int end = i + 1;
      while (end < glimpses.size() && ledTerm(glimpses.get(end), node) == term) {
        end++;
      }
      if (term > 0) {
        double start = x(glimpses.get(i).nanos());
        double width = x(glimpses.get(Math.min(end, glimpses.size() - 1)).nanos()) - start;
        svg.box(new Point(start, top), width, BAR, paint(term));
        String words = "leads term " + term;
        if (width > LETTER * words.length() + 8) {
          svg.text(new Point(start + 6, top + 13), Anchor.START, Paint.PAPER, words);
        }
      }
      i = end;
    }
  }

  /// The term that `node` leads; 0 if it leads none.
  private static long ledTerm(Glimpse glimpse, NodeId node) {
    return glimpse.of(node).filter(Standing::isLeader).map(Standing::term).orElse(0L);
  }

  private static Paint paint(long term) {
    return PAINTS.get((int) Math.floorMod(term, (long) PAINTS.size()));
  }

  /// The end of its log, as often as it stays the same for long enough to be drawn, and in the end.
  private void logs(NodeId node, double top) {
    List<Glimpse> seen = glimpses.stream().filter(each -> each.of(node).isPresent()).toList();
    int i = 0;
    while (i < seen.size()) {
      End now = end(seen.get(i), node);
      int next = i + 1;
      while (next < seen.size() && end(seen.get(next), node).equals(now)) {
        next++;
      }
      double from = x(seen.get(i).nanos());
      boolean isLast = next == seen.size();
      double to = isLast ? RIGHT : x(seen.get(next).nanos());
      if (to - from > width(now) + 3 * GAP) {
        draw(now, from, top);
      }
      if (isLast && to - from > 3 * width(now)) {
        draw(now, RIGHT - width(now), top);
      }
      i = next;
    }
  }

  private static End end(Glimpse glimpse, NodeId node) {
    return glimpse.of(node).map(End::of).orElseThrow();
  }

  private static double width(End end) {
    double width = 0;
    for (long entry = end.from(); entry <= end.last(); entry++) {
      width += width(entry) + GAP;
    }
    return width - GAP;
  }

  private static double width(long entry) {
    return Math.max(SQUARE, LETTER * Long.toString(entry).length() + 6);
  }

  private void draw(End end, double x, double top) {
    double left = x;
    for (long entry = end.from(); entry <= end.last(); entry++) {
      Paint paint =
          entry == end.last() && end.lastTerm() >= 0 ? paint(end.lastTerm()) : Paint.FAINT;
      boolean isCommitted = entry <= end.committed();
      svg.box(new Point(left, top), width(entry), SQUARE, isCommitted ? paint : Paint.PAPER);
      svg.frame(new Point(left, top), width(entry), SQUARE, paint);
      svg.text(
          new Point(left + width(entry) / 2, top + 12),
          Anchor.MIDDLE,
          isCommitted ? Paint.PAPER : paint,
          Long.toString(entry));
      left += width(entry) + GAP;
    }
  }
}
