package dev.labrys.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// A judgement for eyes: one HTML file that needs nothing else, to be opened, mailed or kept.
///
/// Nothing that comes from the history can act. Texts are escaped where they stand, the data is
/// inert JSON, the script writes text only, and the page's own policy lets no other script run and
/// nothing be loaded.
public final class VerdictPage {
  /// How many operations a page shows at most. A longer history is shown around its culprit.
  public static final int MOST_OPERATIONS = 200_000;

  /// Smaller data stays readable in the file; larger is compressed.
  private static final int PLAIN_LIMIT = 1 << 18;

  /// In the order in which they depend on each other.
  private static final List<String> SCRIPTS =
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
          "controls.js");

  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private VerdictPage() {}

  /// Writes the page as UTF-8, without closing `out`.
  public static void write(Judgement judgement, OutputStream out) throws IOException {
    write(judgement, MOST_OPERATIONS, out);
  }

  static void write(Judgement judgement, int mostOperations, OutputStream out) throws IOException {
    Excerpt excerpt = Excerpt.of(judgement, mostOperations);
    String script = script();
    String style = "\n" + resource("page.css");
    PageSummary summary = new PageSummary(judgement, excerpt);
    byte[] data = data(judgement, excerpt);
    boolean isPlain = data.length <= PLAIN_LIMIT;
    Map<String, String> slots =
        Map.of(
            "policy", policy(script, style),
            "title", Html.escape(judgement.word() + ": " + Legible.text(judgement.source(), 200)),
            "kind", judgement.word(),
            "style", style,
            "header", summary.header(),
            "table", summary.table(),
            "encoding", isPlain ? "plain" : "gzip",
            "data", isPlain ? inert(data) : compressed(data),
            "script", script);
    out.write(fill(resource("page.html"), slots).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// One pass, so that what is filled in is never searched for slots.
  private static String fill(String template, Map<String, String> slots) {
    Matcher slot = SLOT.matcher(template);
    StringBuilder page = new StringBuilder(template.length());
    int last = 0;
    while (slot.find()) {
      String content = slots.get(slot.group(1));
      if (content == null) {
        throw new IllegalStateException("the template has a slot nobody fills: " + slot.group());
      }
      page.append(template, last, slot.start()).append(content);
      last = slot.end();
    }
    return page.append(template, last, template.length()).toString();
  }

  private static String script() throws IOException {
    StringBuilder script = new StringBuilder("\n(() => {\n\"use strict\";\n");
    for (String name : SCRIPTS) {
      script.append(resource(name)).append('\n');
    }
    return script.append("})();\n").toString();
  }

  private static byte[] data(Judgement judgement, Excerpt excerpt) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      PageData.write(json, judgement, excerpt);
    }
    return bytes.toByteArray();
  }

  /// JSON that stays JSON inside a script element: no text in it can end the element.
  private static String inert(byte[] json) {
    return new String(json, StandardCharsets.UTF_8)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  private static String compressed(byte[] json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String policy(String script, String style) {
    return "default-src 'none'; script-src "
        + hash(script)
        + "; style-src "
        + hash(style)
        + "; img-src data:; base-uri 'none'; form-action 'none';"
        + " require-trusted-types-for 'script'; trusted-types 'none'";
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = VerdictPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the report's own file " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
