package dev.labrys.repro;

import dev.labrys.repro.StallRates.Cell;
import dev.labrys.repro.Svg.Anchor;
import dev.labrys.repro.Svg.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How often the sleep stall strikes, as a picture: failures of 10,000 runs over how late sleeps
/// are, a line for each rarity of late sleeps.
public final class RatePlot {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 430;
  private static final int LEFT = 84;
  private static final int RIGHT = WIDTH - 150;
  private static final int TOP = 76;
  private static final int BOTTOM = HEIGHT - 66;
  private static final int WHISKER = 3;
  private static final int STEP = 7;
  private static final double SECOND = 1e9;
  private static final double TEN_THOUSAND = 10_000;

  /// Below it there is no room for failures but for none.
  private static final double FEWEST = 0.3;

  private static final List<Paint> PAINTS =
      List.of(Paint.BAD, Paint.VIOLET, Paint.BLUE, Paint.AMBER, Paint.GOOD, Paint.PINK);

  private final StallRates rates;
  private final List<Long> lengths;
  private final LogAxis across;
  private final LogAxis up;
  private final Svg svg =
      new Svg(WIDTH, HEIGHT, "How often the sleep stall strikes: failures of 10,000 runs");

  private RatePlot(StallRates rates) {
    this.rates = rates;
    this.lengths = rates.cells().stream().map(Cell::nanos).distinct().sorted().toList();
    double longest = Math.max(lengths.getLast(), lengths.getFirst() * 2.0);
    this.across = new LogAxis(lengths.getFirst(), longest, LEFT + 30.0, RIGHT - 30.0);
    double most = rates.cells().stream().mapToDouble(each -> each.failed().high()).max().orElse(1);
    double least = rates.cells().stream().mapToDouble(each -> each.failed().low()).min().orElse(0);
    double high = Math.pow(10, Math.ceil(Math.log10(most * TEN_THOUSAND)));
    double low =
        least * TEN_THOUSAND < 1
            ? FEWEST
            : Math.pow(10, Math.floor(Math.log10(least * TEN_THOUSAND)));
    this.up = new LogAxis(low, Math.max(10 * low, high), BOTTOM, TOP);
  }

  /// Draws it.
  public static String svg(StallRates rates) {
    RatePlot plot = new RatePlot(rates);
    plot.draw();
    return plot.svg.toString();
  }

  private void draw() {
    svg.heading(new Svg.Point(16, 28), "How often it strikes");
    svg.text(
        new Svg.Point(16, 48),
        Anchor.START,
        Paint.FAINT,
        String.format(
            Locale.ROOT,
            "Runs of %s, by a right Raft, in simulation; %,d for each point. Bars: 95 %%"
                + " confidence.",
            String.join(" and ", StallRates.TESTS),
            rates.cells().getFirst().failed().runs()));
    axes();
    List<Long> rarities = rates.cells().stream().map(Cell::oneOf).distinct().sorted().toList();
    for (int i = 0; i < rarities.size(); i++) {
      // Beside each other, so that no bar hides another.
      double shift = STEP * (i - (rarities.size() - 1) / 2.0);
      series(rarities.get(i), shift, PAINTS.get(i % PAINTS.size()));
    }
  }

  private void axes() {
    if (up.low() < 1) {
      tick(BOTTOM, "0");
    }
    for (double value = Math.max(1, up.low()); value <= up.high() * 1.01; value *= 10) {
      tick(up.at(value), String.format(Locale.ROOT, "%,.0f", value));
    }
    for (long length : lengths) {
      double x = across.at(length);
      svg.line(new Svg.Point(x, BOTTOM), new Svg.Point(x, BOTTOM + 5), Paint.FAINT);
      svg.text(
          new Svg.Point(x, BOTTOM + 20),
          Anchor.MIDDLE,
          Paint.FAINT,
          String.format(Locale.ROOT, "%.1f s", length / SECOND));
    }
    svg.text(
        new Svg.Point((LEFT + RIGHT) / 2.0, BOTTOM + 46),
        Anchor.MIDDLE,
        Paint.INK,
        "by so much a late sleep is late");
    svg.upright(new Svg.Point(26, (TOP + BOTTOM) / 2.0), Paint.INK, "failures of 10,000 runs");
  }

  private void tick(double y, String words) {
    svg.line(new Svg.Point(LEFT, y), new Svg.Point(RIGHT, y), Paint.LINE);
    svg.text(new Svg.Point(LEFT - 8, y + 4), Anchor.END, Paint.FAINT, words);
  }

  private double height(double share) {
    return up.at(share * TEN_THOUSAND);
  }

  private void series(long oneOf, double shift, Paint paint) {
    List<Cell> cells = rates.cells().stream().filter(each -> each.oneOf() == oneOf).toList();
    List<Svg.Point> line = new ArrayList<>();
    for (Cell cell : cells) {
      line.add(new Svg.Point(across.at(cell.nanos()) + shift, height(cell.failed().share())));
    }
    svg.path(line, paint);
    for (int i = 0; i < cells.size(); i++) {
      bar(cells.get(i).failed(), line.get(i).x(), paint);
      point(cells.get(i), line.get(i), paint);
    }
    Svg.Point last = line.getLast();
    svg.text(
        new Svg.Point(RIGHT + 8, last.y() + 4),
        Anchor.START,
        paint,
        String.format(Locale.ROOT, "one of %,d is late", oneOf));
  }

  private void bar(Rate failed, double x, Paint paint) {
    double low = height(failed.low());
    double high = height(failed.high());
    svg.line(new Svg.Point(x, low), new Svg.Point(x, high), paint);
    svg.line(new Svg.Point(x - WHISKER, high), new Svg.Point(x + WHISKER, high), paint);
    if (failed.low() > 0) {
      svg.line(new Svg.Point(x - WHISKER, low), new Svg.Point(x + WHISKER, low), paint);
    }
  }

  private void point(Cell cell, Svg.Point at, Paint paint) {
    Rate failed = cell.failed();
    String hint =
        String.format(
            Locale.ROOT,
            "one sleep of %,d late by %.1f s: %,d of %,d runs failed; %.1f to %.1f of 10,000",
            cell.oneOf(),
            cell.nanos() / SECOND,
            failed.hits(),
            failed.runs(),
            TEN_THOUSAND * failed.low(),
            TEN_THOUSAND * failed.high());
    if (failed.hits() == 0) {
      svg.ring(at, paint, hint);
    } else {
      svg.dot(at, paint, hint);
    }
    svg.label(
        new Svg.Point(at.x() + 7, at.y() - 7),
        String.format(Locale.ROOT, "%.0f", TEN_THOUSAND * failed.share()));
  }
}
