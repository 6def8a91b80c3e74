package dev.labrys.runner;

import dev.labrys.report.Judgement;
import dev.labrys.report.VerdictPage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Where the pages of a check go: one file for one history, a folder with a page each for many.
final class HtmlPages {
  private final Terminal terminal;
  private final Path path;
  private final Place place;
  private final Set<String> used = new HashSet<>();

  private enum Place {
    NOWHERE,
    FILE,
    FOLDER
  }

  private HtmlPages(Terminal terminal, Path path, Place place) {
    this.terminal = terminal;
    this.path = path;
    this.place = place;
  }

  static HtmlPages nowhere(Terminal terminal) {
    return new HtmlPages(terminal, Path.of(""), Place.NOWHERE);
  }

  /// Into `name`, if that is a folder or becomes one, or as the file `name`.
  static HtmlPages in(Terminal terminal, String name, HistoryFiles histories) throws IOException {
    Path path = terminal.path(name);
    if (!histories.areMany() && !Files.isDirectory(path)) {
      return new HtmlPages(terminal, terminal.newFile(name), Place.FILE);
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw CommandFailure.usage(
          "--html %s is a file, but the pages of several histories need a folder".formatted(name));
    }
    Files.createDirectories(path);
    return new HtmlPages(terminal, path, Place.FOLDER);
  }

  /// Draws a verdict. A page that can't be written is complained about, and keeps no other history
  /// from being judged.
  ///
  /// @param tally takes note of it
  void add(FileVerdict verdict, Tally tally) {
    if (place == Place.NOWHERE
        || !(verdict instanceof FileVerdict.Judged(_, Judgement judgement))) {
      return;
    }
    Path page = place == Place.FOLDER ? path.resolve(freeName(judgement.source()) + ".html") : path;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(page))) {
      VerdictPage.write(judgement, out);
    } catch (IOException e) {
      terminal.warn("labrys: can't write the page: %s%n".formatted(Diagnosis.of(e).message()));
      tally.addTrouble(ExitCode.UNAVAILABLE);
    }
  }

  /// A name that says which history it is, safe on every file system, given out once.
  private String freeName(String source) {
    String plain = source.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^[._-]+", "");
    String stem = plain.isEmpty() ? "history" : plain;
    String name = stem;
    for (int copy = 2; !used.add(name); copy++) {
      name = stem + "-" + copy;
    }
    return name;
  }
}
