package dev.labrys.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A judgement for eyes: a self-contained [HtmlFile].
public final class VerdictPage {
  /// How many operations a page shows at most. A longer history is shown around its culprit.
  public static final int MOST_OPERATIONS = 200_000;

  /// The timeline of operations and what belongs to it.
  static final List<String> TIMELINE =
      List.of(
          "element.js",
          "story.js",
          "order.js",
          "scene.js",
          "camera.js",
          "palette.js",
          "measures.js",
          "route.js",
          "painter.js",
          "overview.js",
          "details.js",
          "steps.js",
          "search.js",
          "gestures.js",
          "page.js",
          "controls.js",
          "theme.js");

  private static final HtmlFile FILE =
      new HtmlFile(
          "page.html",
          List.of("page.css"),
          Stream.concat(TIMELINE.stream(), Stream.of("check.js")).toList());

  private VerdictPage() {}

  /// Writes the page as UTF-8, without closing `out`.
  public static void write(Judgement judgement, OutputStream out) throws IOException {
    write(judgement, MOST_OPERATIONS, out);
  }

  static void write(Judgement judgement, int mostOperations, OutputStream out) throws IOException {
    Excerpt excerpt = Excerpt.of(judgement, mostOperations);
    PageSummary summary = new PageSummary(judgement, excerpt);
    Map<String, String> slots =
        Map.of(
            "title", Html.escape(judgement.word() + ": " + Legible.text(judgement.source(), 200)),
            "kind", judgement.word(),
            "header", summary.header(),
            "stage", stage("<h2 id=\"stagetitle\" class=\"unseen\">Timeline</h2>"),
            "table", summary.table(),
            "data", HtmlFile.data("data", json -> PageData.write(json, judgement, excerpt)));
    FILE.write(slots, out);
  }

  /// The markup of the timeline.
  ///
  /// @param title HTML with an element `stagetitle`
  static String stage(String title) throws IOException {
    return HtmlFile.fill(HtmlFile.resource("stage.html"), Map.of("title", title));
  }
}
