package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.repro.Svg.Anchor;
import dev.labrys.repro.Svg.Paint;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Pictures are well-formed, need nothing from elsewhere, and show what was measured.
final class PlotTest {
  private static final long MILLI = 1_000_000;

  private static final StallRates RATES =
      new StallRates(
          List.of(
              new StallRates.Cell(100, 600 * MILLI, new Rate(0, 1_000), ""),
              new StallRates.Cell(100, 1_400 * MILLI, new Rate(60, 1_000), "did not agree")));

  private static final StallCurve CURVE =
      new StallCurve(
          List.of(
              new StallCurve.Point(Cure.NONE, 100 * MILLI, new Rate(0, 10), OptionalLong.of(MILLI)),
              new StallCurve.Point(
                  Cure.NONE, 1_000 * MILLI, new Rate(10, 10), OptionalLong.empty())));

  @Test
  void ratesAreDrawnWithTheirBounds() throws Exception {
    Document drawing = parsed(RatePlot.svg(RATES));

    assertThat(hints(drawing))
        .containsExactly(
            "one sleep of 100 late by 0.6 s: 0 of 1,000 runs failed; 0.0 to 38.3 of 10,000",
            "one sleep of 100 late by 1.4 s: 60 of 1,000 runs failed; 469.0 to 764.7 of 10,000");
    assertThat(words(drawing))
        .contains(
            "failures of 10,000 runs",
            "by so much a late sleep is late",
            "0",
            "600",
            "1.4 s",
            "one of 100 is late");
    assertThat(height(drawing, 1)).isLessThan(height(drawing, 0));
  }

  @Test
  void sharesAreDrawnFromTheTop() throws Exception {
    Document drawing = parsed(CurvePlot.svg(CURVE));

    assertThat(hints(drawing))
        .containsExactly(
            "as in the labs, stalled for 100 ms: 10 of 10 runs commit, 72 to 100 %",
            "as in the labs, stalled for 1000 ms: 0 of 10 runs commit, 0 to 28 %");
    assertThat(height(drawing, 0)).isLessThan(height(drawing, 1));
  }

  @Test
  void aCommaIsNoPoint() throws Exception {
    Locale before = Locale.getDefault();
    String here = RatePlot.svg(RATES) + CurvePlot.svg(CURVE);
    try {
      Locale.setDefault(Locale.GERMANY);

      assertThat(RatePlot.svg(RATES) + CurvePlot.svg(CURVE)).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void wordsAreOnlyWords() throws Exception {
    Svg svg = new Svg(10, 10, "<script>&");
    svg.text(new Svg.Point(1, 1), Anchor.START, Paint.INK, "</text><script>x</script>");

    Document drawing = parsed(svg.toString());

    assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
    assertThat(words(drawing)).containsExactly("</text><script>x</script>");
  }

  @Test
  void aReportNeedsNothingFromElsewhere() {
    StallOutcome outcome = StallCurve.play(StallSetting.of(Stall.SLEEP), new Seed(7));
    String page =
        StallPage.of(
            new StallReport(List.of(outcome), List.of(outcome), CURVE, RATES), "again <here>");

    assertThat(page)
        .contains("prefers-color-scheme: dark", "again &lt;here&gt;")
        .doesNotContain("src=", "href=", "url(", "@import")
        .containsOnlyOnce("<h1>")
        .endsWith("</html>\n");
    assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("://");
  }

  private static Document parsed(String svg)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> words(Document drawing) {
    return elements(drawing, "text").stream().map(Element::getTextContent).toList();
  }

  /// What its points say when they are pointed at.
  private static List<String> hints(Document drawing) {
    return elements(drawing, "circle").stream().map(Element::getTextContent).toList();
  }

  private static double height(Document drawing, int point) {
    return Double.parseDouble(elements(drawing, "circle").get(point).getAttribute("cy"));
  }

  private static List<Element> elements(Document drawing, String name) {
    return IntStream.range(0, drawing.getElementsByTagName(name).getLength())
        .mapToObj(i -> (Element) drawing.getElementsByTagName(name).item(i))
        .toList();
  }
}
