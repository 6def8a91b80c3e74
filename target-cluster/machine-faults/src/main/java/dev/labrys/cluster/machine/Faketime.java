package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The library libfaketime of this machine, by which a process takes its wall clock from a file.
///
/// @param library the one for programs with threads
record Faketime(Path library) {
  private static final String FILE = "libfaketimeMT.so.1";

  /// In the file that a node looks into, which is replaced as a whole.
  static final String CLOCK = "clock";

  /// Debian has folders for each architecture, others don't.
  private static final List<String> FOLDERS =
      List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64");

  private static final long PROBE_SECONDS = 1_000_000;

  /// The one that is installed, and was seen to work.
  ///
  /// @throws UnsupportedOperationException if there is none, saying why
  static Faketime find() {
    Optional<Path> library = search();
    if (library.isEmpty()) {
      throw new UnsupportedOperationException(
          "%s is not installed, which is in the package faketime of Debian and libfaketime of"
                  .formatted(FILE)
              + " others");
    }
    Faketime found = new Faketime(library.get());
    found.tryOut();
    return found;
  }

  /// Why there is none; empty if it was seen to work.
  static Optional<String> complaint() {
    try {
      find();
      return Optional.empty();
    } catch (UnsupportedOperationException reason) {
      return Optional.of(String.valueOf(reason.getMessage()));
    }
  }

  private static Optional<Path> search() {
    for (String folder : FOLDERS) {
      List<Path> places = new ArrayList<>(List.of(Path.of(folder)));
      places.addAll(folders(Path.of(folder), "*-linux-gnu*"));
      for (Path place : places) {
        Path library = place.resolve("faketime").resolve(FILE);
        if (Files.isReadable(library)) {
          return Optional.of(library);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> folders(Path parent, String pattern) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, pattern)) {
      List<Path> all = new ArrayList<>();
      found.forEach(all::add);
      return all;
    } catch (IOException missing) {
      return List.of();
    }
  }

  /// On a program that every machine has.
  private void tryOut() {
    ProcessBuilder builder = new ProcessBuilder("date", "+%s").redirectErrorStream(true);
    builder.environment().put("LD_PRELOAD", library.toString());
    builder.environment().put("FAKETIME", "+" + PROBE_SECONDS);
    try {
      Process process = builder.start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
      if (!said.matches("\\d{1,18}") || Math.abs(Long.parseLong(said) - now) < PROBE_SECONDS / 2) {
        throw new UnsupportedOperationException(
            "%s has no effect on a program: %s".formatted(library, said));
      }
    } catch (IOException failed) {
      throw new UnsupportedOperationException(
          "%s can't be tried: %s".formatted(library, failed.getMessage()), failed);
    }
  }

  /// What a JVM is started with, so that its wall clock is what the file [#CLOCK] of a folder says.
  ///
  /// Its clock that only counts must stay true: with the library's own way of doing that, timed
  /// waits of a JVM return at once. And offsets only: under a rate a JVM hangs.
  ///
  /// @param seenLibrary the library as the process sees it
  /// @param seenFolder the folder as the process sees it
  static SortedMap<String, String> environment(Path seenLibrary, Path seenFolder) {
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put("LD_PRELOAD", seenLibrary.toString());
    variables.put("FAKETIME_TIMESTAMP_FILE", seenFolder.resolve(CLOCK).toString());
    variables.put("FAKETIME_NO_CACHE", "1");
    variables.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    variables.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return variables;
  }
}
