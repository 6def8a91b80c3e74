package dev.labrys.bench;

import dev.labrys.checker.Model;
import dev.labrys.checker.Models;
import dev.labrys.checker.Status;
import dev.labrys.history.History;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.Keys;
import dev.labrys.history.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Histories of known verdict, and the table that says so.
///
/// The columns of `expected.tsv` are named in its first line; `file`, `model` and `expected` are
/// read, others may be there.
final class Corpus {
  private static final String TABLE = "expected.tsv";
  private static final String ARCHIVE = ".tar.gz";

  private final List<Entry> entries;
  private final Map<String, byte[]> files;

  /// One history.
  ///
  /// @param name of its file, without folders
  /// @param group what totals are made of: histories of the same model from the same source
  /// @param keys where it says which object an operation is about
  record Entry(String name, String group, Model<?> model, Keys keys, Status expected) {}

  private Corpus(List<Entry> entries, Map<String, byte[]> files) {
    this.entries = entries;
    this.files = files;
  }

  /// The corpus in `folder`: files below it and members of the archives directly in it.
  ///
  /// @throws IllegalArgumentException if the table can't be understood, or names what is not there
  static Corpus in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + ": there is no such folder");
    }
    List<Entry> entries = entries(folder.resolve(TABLE));
    Map<String, byte[]> files = files(folder);
    for (Entry entry : entries) {
      if (!files.containsKey(entry.name())) {
        throw new IllegalArgumentException(
            "%s names %s, which is neither below %s nor in an archive there"
                .formatted(TABLE, entry.name(), folder));
      }
    }
    return new Corpus(entries, files);
  }

  List<Entry> entries() {
    return entries;
  }

  History history(Entry entry) throws IOException {
    byte[] bytes = files.getOrDefault(entry.name(), new byte[0]);
    try (HistoryReader reader =
        HistoryReader.open(
            new ByteArrayInputStream(bytes),
            entry.name(),
            ReadOptions.standard().withKeys(entry.keys()))) {
      return reader.readAll();
    }
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.filter(Files::isRegularFile).sorted().toList();
    }
    Map<String, byte[]> files = new HashMap<>();
    for (Path path : paths) {
      String name = path.getFileName().toString();
      byte[] bytes = Files.readAllBytes(path);
      if (name.endsWith(ARCHIVE)) {
        for (TarArchive.Member member : TarArchive.gunzipped(bytes, name)) {
          files.putIfAbsent(lastName(member.name()), member.content());
        }
      } else {
        files.put(name, bytes);
      }
    }
    return files;
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<Entry> entries(Path table) throws IOException {
    List<String> lines = Files.readAllLines(table);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(table + " is empty; expected a line that names columns");
    }
    List<String> columns = Arrays.asList(lines.getFirst().split("\t", -1));
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String place = table + ":" + (i + 1);
      List<String> cells = Arrays.asList(lines.get(i).split("\t", -1));
      entries.add(
          entry(
              place,
              cell(place, columns, cells, "file"),
              cell(place, columns, cells, "model"),
              cell(place, columns, cells, "expected")));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(table + " names no history");
    }
    return entries;
  }

  private static String cell(
      String place, List<String> columns, List<String> cells, String column) {
    int index = columns.indexOf(column);
    if (index < 0 || index >= cells.size()) {
      throw new IllegalArgumentException("%s: has no '%s'".formatted(place, column));
    }
    return cells.get(index);
  }

  private static Entry entry(String place, String name, String model, String expected) {
    // The names of the public corpus, whose logs are registers, and texts by key.
    String ours =
        switch (model) {
          case "etcd-cas-register" -> "cas-register";
          case "kv-string(get/put/append)" -> "kv-string";
          default -> model;
        };
    Keys keys = model.equals("kv") || model.equals("kv-append") ? Keys.TUPLE : Keys.FIELD;
    Status status =
        switch (expected) {
          case "valid" -> Status.VALID;
          case "invalid" -> Status.INVALID;
          default ->
              throw new IllegalArgumentException(
                  "%s: expected 'valid' or 'invalid', not '%s'".formatted(place, expected));
        };
    try {
      return new Entry(name, model, Models.named(ours), keys, status);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(place + ": " + unknown.getMessage(), unknown);
    }
  }
}
