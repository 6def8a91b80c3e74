package dev.labrys.repro;

import dev.labrys.raft.RaftOptions;
import dev.labrys.repro.StallCurve.Point;
import dev.labrys.repro.Svg.Anchor;
import dev.labrys.repro.Svg.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The stall curve as a picture: a row for each cure, and in it, over the length of the stall, the
/// share of runs in which the command is committed all the same.
public final class CurvePlot {
  private static final int WIDTH = 860;
  private static final int LEFT = 216;
  private static final int RIGHT = WIDTH - 24;
  private static final int TOP = 92;
  private static final int ROW = 78;
  private static final int PLOT = 56;
  private static final double MILLI = 1e6;

  /// Where there is room for a number below the axis.
  private static final List<Long> TOLD =
      List.of(50L, 100L, 200L, 400L, 800L, 1_400L, 2_000L, 3_000L);

  private static final Map<Cure, Paint> PAINTS =
      Map.of(
          Cure.NONE, Paint.BAD,
          Cure.NO_OP, Paint.GOOD,
          Cure.LONG_TIMEOUT, Paint.BLUE,
          Cure.PRE_VOTE, Paint.VIOLET,
          Cure.NEXT_COMMAND, Paint.AMBER);

  private final StallCurve curve;
  private final List<Long> lengths;
  private final LogAxis axis;
  private final Svg svg;
  private final double bottom;

  private CurvePlot(StallCurve curve) {
    List<Cure> cures = cures(curve);
    this.curve = curve;
    this.lengths = curve.points().stream().map(Point::stallNanos).distinct().sorted().toList();
    this.axis =
        new LogAxis(
            lengths.getFirst(), Math.max(lengths.getLast(), lengths.getFirst() + 1), LEFT, RIGHT);
    this.bottom = TOP + cures.size() * (double) ROW;
    this.svg =
        new Svg(
            WIDTH,
            (int) bottom + 52,
            "How long a stall each cure holds: runs that commit in the end");
  }

  /// Draws it.
  public static String svg(StallCurve curve) {
    CurvePlot plot = new CurvePlot(curve);
    plot.draw();
    return plot.svg.toString();
  }

  private static List<Cure> cures(StallCurve curve) {
    return curve.points().stream().map(Point::cure).distinct().toList();
  }

  private void draw() {
    svg.heading(new Svg.Point(16, 28), "How long a stall each cure holds");
    svg.text(
        new Svg.Point(16, 48),
        Anchor.START,
        Paint.FAINT,
        String.format(
            Locale.ROOT,
            "Share of %,d simulated runs in which the command is committed in the end. Bars: 95 %%"
                + " confidence.",
            curve.points().getFirst().never().runs()));
    double top = TOP;
    for (Cure cure : cures(curve)) {
      row(cure, top);
      top += ROW;
    }
    for (long length : lengths) {
      double x = axis.at(length);
      long millis = Math.round(length / MILLI);
      svg.line(new Svg.Point(x, bottom - 12), new Svg.Point(x, bottom - 8), Paint.FAINT);
      if (TOLD.contains(millis)) {
        svg.text(new Svg.Point(x, bottom + 6), Anchor.MIDDLE, Paint.FAINT, time(millis));
      }
    }
    svg.text(
        new Svg.Point((LEFT + RIGHT) / 2.0, bottom + 32),
        Anchor.MIDDLE,
        Paint.INK,
        "for so long the leader stalls");
  }

  private static String time(long millis) {
    return millis < 1_000
        ? millis + " ms"
        : String.format(Locale.ROOT, millis % 1_000 == 0 ? "%.0f s" : "%.1f s", millis / 1e3);
  }

  private void row(Cure cure, double top) {
    Paint paint = PAINTS.getOrDefault(cure, Paint.PINK);
    double floor = top + PLOT;
    timeouts(cure, top);
    svg.line(new Svg.Point(LEFT, top), new Svg.Point(RIGHT, top), Paint.LINE);
    svg.line(new Svg.Point(LEFT, floor), new Svg.Point(RIGHT, floor), Paint.LINE);
    svg.text(new Svg.Point(16, top + PLOT / 2.0 + 4), Anchor.START, Paint.INK, cure.title());
    svg.text(new Svg.Point(LEFT - 8, top + 4), Anchor.END, Paint.FAINT, "100 %");
    svg.text(new Svg.Point(LEFT - 8, floor + 4), Anchor.END, Paint.FAINT, "0");
    List<Svg.Point> line = new ArrayList<>();
    List<Point> points = curve.points().stream().filter(each -> each.cure() == cure).toList();
    for (Point point : points) {
      double x = axis.at(point.stallNanos());
      line.add(new Svg.Point(x, top + PLOT * point.never().share()));
      svg.line(
          new Svg.Point(x, top + PLOT * point.never().low()),
          new Svg.Point(x, top + PLOT * point.never().high()),
          paint);
    }
    svg.band(line, List.of(new Svg.Point(LEFT, floor), new Svg.Point(RIGHT, floor)), paint);
    svg.path(line, paint);
    for (int i = 0; i < points.size(); i++) {
      svg.dot(line.get(i), paint, hint(points.get(i)));
    }
  }

  /// Shades the times after which a node stands that hears no leader.
  private void timeouts(Cure cure, double top) {
    RaftOptions raft = cure.raft();
    double from = axis.at(raft.electionMinNanos());
    double to = axis.at(raft.electionMaxNanos());
    svg.box(new Svg.Point(from, top), to - from, PLOT, Paint.SHADE);
    if (top == TOP) {
      svg.text(
          new Svg.Point((from + to) / 2, TOP - 10), Anchor.MIDDLE, Paint.FAINT, "election timeout");
    }
  }

  private static String hint(Point point) {
    Rate never = point.never();
    return String.format(
        Locale.ROOT,
        "%s, stalled for %.0f ms: %d of %d runs commit, %.0f to %.0f %%",
        point.cure().title(),
        point.stallNanos() / MILLI,
        never.runs() - never.hits(),
        never.runs(),
        100 * (1 - never.high()),
        100 * (1 - never.low()));
  }
}
