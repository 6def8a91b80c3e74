package dev.labrys.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The histories that somebody named on a command line: files as they are, directories with all
/// histories below them in the order of their names, `-` for standard input.
///
/// @param names in the order of the command line
/// @param areMany whether the command line may mean more than one history: it names several, or a
///   directory
/// @param passedOver how many files below named directories are no histories, judged by their names
record HistoryFiles(List<String> names, boolean areMany, int passedOver) {
  /// What stands for standard input.
  static final String STANDARD_INPUT = "-";

  private static final Set<String> SUFFIXES = Set.of("jsonl", "edn", "log", "txt");

  HistoryFiles {
    names = List.copyOf(names);
  }

  static HistoryFiles of(Terminal terminal, List<String> arguments) throws IOException {
    List<String> names = new ArrayList<>();
    int passedOver = 0;
    boolean areMany = arguments.size() > 1;
    for (String argument : arguments) {
      Path path = terminal.path(argument);
      if (argument.equals(STANDARD_INPUT) || !Files.isDirectory(path)) {
        names.add(argument);
      } else {
        areMany = true;
        passedOver += addBelow(argument, path, names);
      }
    }
    if (names.stream().filter(STANDARD_INPUT::equals).count() > 1) {
      throw CommandFailure.usage("standard input (-) can be read only once");
    }
    return new HistoryFiles(names, areMany, passedOver);
  }

  private static int addBelow(String argument, Path directory, List<String> names)
      throws IOException {
    List<Path> all;
    try (Stream<Path> below = Files.walk(directory)) {
      all = below.filter(Files::isRegularFile).sorted().toList();
    }
    String start = argument.endsWith("/") ? argument : argument + "/";
    int before = names.size();
    for (Path file : all) {
      if (isHistory(file)) {
        names.add(start + directory.relativize(file));
      }
    }
    int found = names.size() - before;
    if (found == 0) {
      throw CommandFailure.usage(
          "%s: no histories below it, that is, no files named *.jsonl, *.edn, *.log or *.txt,"
                  .formatted(argument)
              + " with or without .gz");
    }
    return all.size() - found;
  }

  private static boolean isHistory(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return !name.startsWith(".") && SUFFIXES.contains(plain.substring(plain.lastIndexOf('.') + 1));
  }
}
