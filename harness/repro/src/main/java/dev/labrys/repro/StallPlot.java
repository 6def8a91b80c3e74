package dev.labrys.repro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The stall curve as a picture: for each cure, how often the command is never committed.
public final class StallPlot {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int RIGHT = 190;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final double MILLI = 1e6;
  private static final List<String> COLORS =
      List.of("#cf222e", "#1a7f37", "#1f6feb", "#8250df", "#bf8700");

  private StallPlot() {}

  /// Draws it; lengths grow by factors.
  public static String svg(StallCurve curve) {
    Svg svg = new Svg(WIDTH, HEIGHT, "How often the command is never committed, over the stall");
    svg.text(LEFT, 20, "start", "#24292f", "runs in which the command is never committed");
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(percent / 100.0);
      svg.line(LEFT, y, WIDTH - RIGHT, y, "#eaeef2");
      svg.text(LEFT - 6, y + 4, "end", "#8c959f", percent + " %");
    }
    List<Long> lengths =
        curve.points().stream().map(StallCurve.Point::stallNanos).distinct().sorted().toList();
    for (long length : lengths) {
      double x = x(length, lengths);
      svg.line(x, y(0), x, y(0) + 4, "#8c959f");
      if (length != 600 * (long) MILLI && length != 700 * (long) MILLI) {
        String text = String.format(Locale.ROOT, "%.0f", length / MILLI);
        svg.text(x, y(0) + 18, "middle", "#8c959f", text);
      }
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "#24292f", "stall in ms");
    cures(svg, curve, lengths);
    return svg.toString();
  }

  private static void cures(Svg svg, StallCurve curve, List<Long> lengths) {
    List<Cure> cures = curve.points().stream().map(StallCurve.Point::cure).distinct().toList();
    for (int i = 0; i < cures.size(); i++) {
      Cure cure = cures.get(i);
      String color = COLORS.get(i % COLORS.size());
      // Lines that are the same would hide each other.
      double shift = 2.0 * i;
      List<String> points = new ArrayList<>();
      for (StallCurve.Point point : curve.points()) {
        if (point.cure() == cure) {
          points.add(
              String.format(
                  Locale.ROOT,
                  "%.1f,%.1f",
                  x(point.stallNanos(), lengths),
                  y(point.never().share()) - shift));
        }
      }
      svg.path(points.stream().collect(Collectors.joining(" ")), color);
      double y = TOP + 20 + i * 22.0;
      svg.box(WIDTH - RIGHT + 16, y - 9, 12, 12, color);
      svg.text(WIDTH - RIGHT + 34, y + 2, "start", "#24292f", cure.title());
    }
  }

  private static double x(long nanos, List<Long> lengths) {
    double low = Math.log((double) lengths.getFirst());
    double high = Math.log((double) lengths.getLast());
    return LEFT + (Math.log((double) nanos) - low) / (high - low) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
  }
}
