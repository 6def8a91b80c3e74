package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Somebody who opens pages in a real browser, and what they see there.
final class Reader implements AutoCloseable {
  private final Path folder;
  private final Browser browser;

  private Reader(Path folder, Browser browser) {
    this.folder = folder;
    this.browser = browser;
  }

  /// A reader whose files live in `folder`; skips the test, saying so, where there is no browser.
  static Reader in(Path folder) throws IOException {
    return new Reader(folder, Browser.open(folder));
  }

  /// Writes a page.
  @FunctionalInterface
  interface Page {
    void write(OutputStream out) throws IOException;
  }

  Browser browser() {
    return browser;
  }

  /// Opens a page. Returns its file.
  Path open(Page page) throws IOException {
    Path file = Files.createTempFile(folder, "page", ".html");
    try (OutputStream out = Files.newOutputStream(file)) {
      page.write(out);
    }
    browser.visit(file);
    return file;
  }

  /// What a script's expression is.
  String read(String expression) {
    return browser.read(expression);
  }

  double number(String expression) {
    return Double.parseDouble(read(expression));
  }

  String text(String selector) {
    return read("document.querySelector('" + selector + "').textContent");
  }

  String attribute(String selector, String name) {
    return read("document.querySelector('" + selector + "').getAttribute('" + name + "')");
  }

  /// The id of what has the keyboard.
  String focused() {
    return read("document.activeElement.id");
  }

  /// What a canvas shows once pending frames are painted.
  String picture(String canvas) {
    return read(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " done(document.getElementById('ID').toDataURL()))))".replace("ID", canvas));
  }

  /// Whether a canvas shows many colours, as it does when something is drawn on it.
  boolean seesInk(String canvas) {
    picture(canvas);
    return read("(() => { const c = document.getElementById('ID');".replace("ID", canvas)
            + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
            + " const seen = new Set();"
            + " for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i+1] << 8 | d[i+2]);"
            + " return seen.size > 20; })()")
        .equals("true");
  }

  /// No exception, no message in the console, nothing asked for but the page itself.
  void assertUntroubled() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith("file:") && url.endsWith(".html"));
  }

  @Override
  public void close() {
    browser.close();
  }
}
