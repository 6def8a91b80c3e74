package dev.labrys.repro;

import java.util.List;

/// The sleep stall as one page for a browser, which needs nothing else.
public final class StallPage {
  private StallPage() {}

  /// Writes it.
  public static String of(StallReport report) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>The sleep stall</title>
        <style>
        body { font: 15px/1.5 sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em }
        pre { font-size: 12px; overflow-x: auto; background: #f6f8fa; padding: 1em }
        svg { max-width: 100%; height: auto }
        </style>
        """);
    pre(page, StallText.STORY);
    heading(page, "On real nodes");
    pre(page, StallText.rounds(report.rounds()));
    for (Stall stall : Stall.values()) {
      report.rounds().stream()
          .filter(each -> each.setting().stall() == stall)
          .findFirst()
          .ifPresent(each -> {
            page.append(StallTimeline.svg(each));
            pre(page, StallText.timeline(each));
          });
    }
    heading(page, "Cures, on real nodes");
    pre(page, StallText.cures(report.cures()));
    heading(page, "How long a stall each cure holds, in simulation");
    page.append(StallPlot.svg(report.curve()));
    pre(page, StallText.curve(report.curve()));
    heading(page, "How often it strikes: failures of 10,000 runs of " + tests());
    pre(page, StallText.rates(report.rates()));
    return page.append("</html>\n").toString();
  }

  private static String tests() {
    return String.join(" and ", List.copyOf(StallRates.TESTS));
  }

  private static void heading(StringBuilder page, String words) {
    page.append("<h2>").append(Svg.escaped(words)).append("</h2>\n");
  }

  private static void pre(StringBuilder page, String words) {
    page.append("<pre>").append(Svg.escaped(words)).append("</pre>\n");
  }
}
