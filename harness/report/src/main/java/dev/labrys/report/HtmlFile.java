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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// One HTML file that needs nothing else, to be opened, mailed or kept, made from a template.
///
/// Nothing that comes from a run can act in it. Texts are escaped where they stand, the data is
/// inert JSON, the script writes text only, and the page's own policy lets no other script run and
/// nothing be loaded.
///
/// @param template the resource with the slots
/// @param styles resources, in the order of the cascade
/// @param scripts resources, in the order in which they depend on each other
record HtmlFile(String template, List<String> styles, List<String> scripts) {
  /// Smaller data stays readable in the file; larger is compressed.
  private static final int PLAIN_LIMIT = 1 << 18;

  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  HtmlFile {
    styles = List.copyOf(styles);
    scripts = List.copyOf(scripts);
  }

  /// Somebody who writes a JSON value.
  @FunctionalInterface
  interface JsonSource {
    void write(JsonGenerator json) throws IOException;
  }

  /// Writes the file as UTF-8, without closing `out`.
  ///
  /// @param slots what the template asks for, beyond its style, script and policy
  void write(Map<String, String> slots, OutputStream out) throws IOException {
    String script = script();
    String style = style();
    Map<String, String> all = new HashMap<>(slots);
    all.put("script", script);
    all.put("style", style);
    all.put("policy", policy(script, style));
    out.write(fill(resource(template), all).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// A resource with its slots filled. One pass, so that what is filled in is never searched.
  static String fill(String template, Map<String, String> slots) {
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

  /// An element that holds JSON and does nothing.
  static String data(String id, JsonSource source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      source.write(json);
    }
    byte[] data = bytes.toByteArray();
    boolean isPlain = data.length <= PLAIN_LIMIT;
    return "<script type=\"application/json\" id=\"%s\" data-encoding=\"%s\">%s</script>\n"
        .formatted(id, isPlain ? "plain" : "gzip", isPlain ? inert(data) : compressed(data));
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

  private String script() throws IOException {
    StringBuilder script = new StringBuilder("\n(() => {\n\"use strict\";\n");
    for (String name : scripts) {
      script.append(resource(name)).append('\n');
    }
    return script.append("})();\n").toString();
  }

  private String style() throws IOException {
    StringBuilder style = new StringBuilder();
    for (String name : styles) {
      style.append('\n').append(resource(name));
    }
    return style.toString();
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

  static String resource(String name) throws IOException {
    try (InputStream in = HtmlFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the report's own file " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
