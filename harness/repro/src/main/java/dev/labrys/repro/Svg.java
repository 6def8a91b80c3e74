package dev.labrys.repro;

/// A drawing in the making.
final class Svg {
  private final StringBuilder drawing = new StringBuilder();

  Svg(int width, int height, String title) {
    drawing
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(width + " " + height)
        .append("\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>")
        .append(escaped(title))
        .append("</title>\n");
    box(0, 0, width, height, "#ffffff");
  }

  Svg box(double x, double y, double width, double height, String fill) {
    return add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>\n"
            .formatted(x, y, Math.max(width, 0.5), height, fill));
  }

  Svg line(double x1, double y1, double x2, double y2, String color) {
    return add(
        "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>\n"
            .formatted(x1, y1, x2, y2, color));
  }

  /// A line through points, written `x,y x,y`.
  Svg path(String points, String color) {
    return add(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>\n"
            .formatted(points, color));
  }

  /// Words that begin or end at a place, or have it in their middle.
  ///
  /// @param anchor `start`, `middle` or `end`
  Svg text(double x, double y, String anchor, String color, String words) {
    return add(
        "<text x='%.1f' y='%.1f' text-anchor='%s' fill='%s'>%s</text>\n"
            .formatted(x, y, anchor, color, escaped(words)));
  }

  private Svg add(String element) {
    drawing.append(element);
    return this;
  }

  static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return drawing + "</svg>\n";
  }
}
