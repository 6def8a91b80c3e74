package dev.labrys.repro;

import java.util.List;

/// The sleep stall as one page for a browser, which needs nothing else.
public final class StallPage {
  private final StringBuilder page = new StringBuilder();

  private StallPage() {}

  /// Writes it.
  ///
  /// @param again the command that does all of it again
  public static String of(StallReport report, String again) {
    StallPage page = new StallPage();
    page.begin();
    page.page.append("<h1>").append(StallText.TITLE).append("</h1>\n");
    page.pre(StallText.STORY);
    page.heading("On real nodes");
    page.rounds(report.rounds());
    page.heading("Cures, on real nodes");
    page.pre(StallText.cures(report.cures()));
    page.heading("In simulation");
    page.picture(CurvePlot.svg(report.curve()));
    page.pre(StallText.curve(report.curve()));
    page.picture(RatePlot.svg(report.rates()));
    page.pre(StallText.rates(report.rates()));
    page.heading("Again");
    page.pre(again + "\n");
    return page.page.append("</main>\n</html>\n").toString();
  }

  private void begin() {
    page.append(
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>The sleep stall</title>
        <style>
        :root { color-scheme: light dark }
        body { margin: 0; font: 15px/1.5 "Segoe UI", system-ui, "Helvetica Neue", Arial, sans-serif;
          background: light-dark(#f3f4f8, #0e1016); color: light-dark(#1a1d29, #e9ebf3) }
        main { max-width: 1180px; margin: 0 auto; padding: 24px }
        h1 { font-size: 24px; margin: 0 0 16px } h2 { font-size: 18px; margin: 32px 0 12px }
        pre, figure { margin: 0 0 16px; border: 1px solid light-dark(#dfe2ea, #2d3242);
          border-radius: 10px; background: light-dark(#ffffff, #171a23); padding: 14px 18px }
        pre { font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-x: auto }
        svg { display: block; width: 860px; max-width: 100%; height: auto }
        </style>
        <main>
        """);
  }

  private void rounds(List<StallOutcome> rounds) {
    pre(StallText.rounds(rounds));
    for (StallOutcome each : StallReport.examples(rounds)) {
      picture(StallPicture.svg(each));
      pre(StallText.timeline(each));
    }
  }

  private void heading(String words) {
    page.append("<h2>").append(Svg.escaped(words)).append("</h2>\n");
  }

  private void pre(String words) {
    page.append("<pre>").append(Svg.escaped(words)).append("</pre>\n");
  }

  private void picture(String svg) {
    page.append("<figure>\n").append(svg).append("</figure>\n");
  }
}
