package dev.labrys.repro;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A drawing in the making: one SVG file that needs nothing else, in colours for light and for dark
/// screens.
final class Svg {
  private final StringBuilder drawing = new StringBuilder();

  /// A colour, as it is on light and on dark screens.
  enum Paint {
    PAPER("#ffffff", "#171a23"),
    INK("#1a1d29", "#e9ebf3"),
    FAINT("#596075", "#a2a9bd"),
    LINE("#dfe2ea", "#2d3242"),
    SHADE("#eef0f5", "#212634"),
    GOOD("#0f7a45", "#56d491"),
    BAD("#c4172c", "#ff7a87"),
    BAD_SHADE("#fbdfe2", "#4a1f27"),
    BLUE("#3f6fd1", "#7ba5f7"),
    VIOLET("#5b2fc9", "#b79cff"),
    AMBER("#9a6700", "#e3b341"),
    PINK("#b0447c", "#e07bb0");

    private final String light;
    private final String dark;

    Paint(String light, String dark) {
      this.light = light;
      this.dark = dark;
    }

    /// What the style sheet of the drawing calls it.
    private String fill() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String stroke() {
      return fill() + "-line";
    }

    private String rules(String color) {
      return ".%s{fill:%s}.%s{stroke:%s}".formatted(fill(), color, stroke(), color);
    }
  }

  /// Which part of words is at the place that is named.
  enum Anchor {
    START,
    MIDDLE,
    END;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A place, in pixels from the upper left corner.
  record Point(double x, double y) {
    @Override
    public String toString() {
      return number(x) + "," + number(y);
    }
  }

  /// @param title what is read to whom does not see it
  Svg(int width, int height, String title) {
    drawing
        .append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                .formatted(width, height))
        .append(" font-family=\"'Segoe UI', system-ui, 'Helvetica Neue', Arial, sans-serif\"")
        .append(" font-size=\"12\" role=\"img\">\n<title>")
        .append(escaped(title))
        .append("</title>\n<style>\n")
        .append(rules(paint -> paint.rules(paint.light)))
        .append("\n@media (prefers-color-scheme: dark) {\n")
        .append(rules(paint -> paint.rules(paint.dark)))
        .append("\n}\n</style>\n");
    box(new Point(0, 0), width, height, Paint.PAPER);
  }

  private static String rules(Function<Paint, String> rules) {
    return Arrays.stream(Paint.values()).map(rules).collect(Collectors.joining("\n"));
  }

  Svg box(Point corner, double width, double height, Paint fill) {
    return add(
        "<rect x='%s' y='%s' width='%s' height='%s' class='%s'/>\n"
            .formatted(
                number(corner.x()),
                number(corner.y()),
                number(Math.max(width, 0.5)),
                number(height),
                fill.fill()));
  }

  /// The outline of a box.
  Svg frame(Point corner, double width, double height, Paint stroke) {
    return add(
        "<rect x='%s' y='%s' width='%s' height='%s' class='%s' fill='none' stroke-width='1.5'/>\n"
            .formatted(
                number(corner.x()),
                number(corner.y()),
                number(width),
                number(height),
                stroke.stroke()));
  }

  Svg line(Point from, Point to, Paint stroke) {
    return add(
        "<line x1='%s' y1='%s' x2='%s' y2='%s' class='%s'/>\n"
            .formatted(
                number(from.x()),
                number(from.y()),
                number(to.x()),
                number(to.y()),
                stroke.stroke()));
  }

  Svg dashes(Point from, Point to, Paint stroke) {
    return add(
        "<path d='M%s L%s' class='%s' stroke-dasharray='3 3'/>\n"
            .formatted(from, to, stroke.stroke()));
  }

  /// A line through points.
  Svg path(List<Point> points, Paint stroke) {
    return add(
        "<polyline points='%s' class='%s' fill='none' stroke-width='2' stroke-linejoin='round'/>\n"
            .formatted(joined(points), stroke.stroke()));
  }

  /// What is between two lines, through which the rest is seen.
  Svg band(List<Point> over, List<Point> under, Paint fill) {
    return add(
        "<polygon points='%s %s' class='%s' fill-opacity='0.16'/>\n"
            .formatted(joined(over), joined(under.reversed()), fill.fill()));
  }

  /// A point that says what it is when it is pointed at.
  Svg dot(Point center, Paint fill, String hint) {
    return add(
        "<circle cx='%s' cy='%s' r='3.5' class='%s'><title>%s</title></circle>\n"
            .formatted(number(center.x()), number(center.y()), fill.fill(), escaped(hint)));
  }

  /// The same, for what was not seen.
  Svg ring(Point center, Paint stroke, String hint) {
    return add(
        ("<circle cx='%s' cy='%s' r='3.5' class='%s %s' stroke-width='1.5'>"
                + "<title>%s</title></circle>\n")
            .formatted(
                number(center.x()),
                number(center.y()),
                Paint.PAPER.fill(),
                stroke.stroke(),
                escaped(hint)));
  }

  Svg text(Point at, Anchor anchor, Paint fill, String words) {
    return add(
        "<text x='%s' y='%s' text-anchor='%s' class='%s'>%s</text>\n"
            .formatted(number(at.x()), number(at.y()), anchor.text(), fill.fill(), escaped(words)));
  }

  /// Words that can be read upon a line.
  Svg label(Point at, String words) {
    return add(
        "<text x='%s' y='%s' class='%s %s' stroke-width='3' paint-order='stroke'>%s</text>\n"
            .formatted(
                number(at.x()),
                number(at.y()),
                Paint.INK.fill(),
                Paint.PAPER.stroke(),
                escaped(words)));
  }

  /// What the drawing is called.
  Svg heading(Point at, String words) {
    return add(
        "<text x='%s' y='%s' class='%s' font-size='15' font-weight='600'>%s</text>\n"
            .formatted(number(at.x()), number(at.y()), Paint.INK.fill(), escaped(words)));
  }

  /// Words that are read from below, their middle at a place.
  Svg upright(Point at, Paint fill, String words) {
    return add(
        "<text transform='translate(%s %s) rotate(-90)' text-anchor='middle' class='%s'>%s</text>\n"
            .formatted(number(at.x()), number(at.y()), fill.fill(), escaped(words)));
  }

  private Svg add(String element) {
    drawing.append(element);
    return this;
  }

  private static String joined(List<Point> points) {
    return points.stream().map(Point::toString).collect(Collectors.joining(" "));
  }

  private static String number(double pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels);
  }

  static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return drawing + "</svg>\n";
  }
}
