package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class VerdictPageTest {
  static final String HOSTILE =
      "</script></style></title><img src=x onerror=alert(1)><script>alert(2)</script>"
          + "\u2028{{data}}{{script}}\"'`--><!--&lt;\u0000\u001b[31m\u202e";

  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\" data-encoding=\"(\\w+)\">(.*?)</script>");

  @Test
  void needsNothingFromElsewhere() throws IOException {
    String page = page(Stories.staleRead());

    assertThat(page)
        .doesNotContainPattern("https?://|//[a-z]+\\.|@import|\\burl\\(|\\bfetch\\(|XMLHttp")
        .doesNotContainPattern("\\ssrc\\s*=")
        .contains("default-src 'none'");
    assertThat(matches(page, "<link [^>]*>"))
        .containsExactly("<link rel=\"icon\" href=\"data:,\">");
  }

  @Test
  void takesTheTeethFromEveryTextOfAHistory() throws IOException {
    String page = page(Stories.hostile(HOSTILE));

    String harmless = page(Stories.hostile("harmless"));
    assertThat(page).doesNotContain("<img", "\u2028", "\u0000", "\u001b", "\u202e");
    assertThat(matches(page, "<[a-z/!][^\\s>]*")).isEqualTo(matches(harmless, "<[a-z/!][^\\s>]*"));
  }

  @Test
  void everyTextSurvivesInItsData() throws IOException {
    Map<String, Object> data = data(page(Stories.hostile("</script>&")));

    assertThat(Json.array(data.get("texts"))).contains("</script>&", "\"</script>&\"");
  }

  @Test
  void compressesLargeData() throws IOException {
    String page = page(Stories.valid(20_000, 10));

    Map<String, Object> operations = Json.object(data(page).get("operations"));
    assertThat(page).contains("data-encoding=\"gzip\"");
    assertThat(page.length()).isLessThan(1 << 19);
    assertThat(Json.array(operations.get("process"))).hasSize(20_000);
  }

  @Test
  void showsTheNeighbourhoodOfTheCulpritOfAHistoryTooLong() throws IOException {
    Judgement judgement = Stories.longStaleRead(2_000, 5);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    VerdictPage.write(judgement, 100, out);

    String page = out.toString(StandardCharsets.UTF_8);
    Map<String, Object> data = data(page);
    List<Object> indices = Json.array(Json.object(data.get("operations")).get("index"));
    assertThat(page)
        .contains("too long for one page", "2,003 operations, those around the culprit");
    assertThat(indices.size()).isBetween(100, 100 + LastSteps.LIMIT + 4);
    assertThat((Long) data.get("culprit")).isNotNegative();
    assertThat(Json.array(data.get("minimal"))).hasSize(3).doesNotContain(-1L);
  }

  @Test
  void listsTheContradictionInATableWithoutAnyScript() throws IOException {
    String page = page(Stories.withUnknown());

    String table = page.substring(page.indexOf("<table"), page.indexOf("</table>"));
    assertThat(matches(table, "<tr[^>]*>")).hasSize(5);
    assertThat(table)
        .contains("<code>write 3</code>", "culprit: its return made it certain")
        .contains("had no effect", "would not help, whenever it took effect");
  }

  @Test
  void isMadeOfFilesThatCanBeRead() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/labrys/report"))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(400));
    }
  }

  static String page(Judgement judgement) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VerdictPage.write(judgement, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(result -> result.group()).toList();
  }

  private static Map<String, Object> data(String page) throws IOException {
    Matcher matcher = DATA.matcher(page);
    assertThat(matcher.find()).isTrue();
    if (matcher.group(1).equals("plain")) {
      return Json.object(Json.read(matcher.group(2)));
    }
    byte[] compressed = Base64.getDecoder().decode(matcher.group(2));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return Json.object(Json.read(in.readAllBytes()));
    }
  }
}
