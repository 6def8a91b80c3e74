package dev.labrys.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A command that a Markdown document shows in a ` ```console ` block, with the output it promises.
///
/// A line that starts with `$ ` is a command; the lines below it are its output, standard error
/// included. `…` stands for anything in a line, a line of only `…` for any lines. No output is
/// shown: anything goes.
///
/// @param document the document it stands in
/// @param line its line there, from 1
/// @param command what is typed
/// @param expected the output promised
record DocumentedCommand(Path document, int line, String command, List<String> expected) {
  DocumentedCommand {
    expected = List.copyOf(expected);
  }

  static List<DocumentedCommand> in(Path document) throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    List<String> lines = Files.readAllLines(document);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("```console")) {
        i = addBlock(document, lines, i + 1, commands);
      }
    }
    return commands;
  }

  private static int addBlock(
      Path document, List<String> lines, int start, List<DocumentedCommand> commands) {
    int i = start;
    while (!lines.get(i).strip().equals("```")) {
      String line = lines.get(i);
      if (!line.startsWith("$ ")) {
        throw new IllegalArgumentException(
            "%s:%d: output without a command".formatted(document, i + 1));
      }
      int shown = i + 1;
      StringBuilder command = new StringBuilder(line.substring(2));
      while (command.toString().endsWith("\\")) {
        i++;
        command.setLength(command.length() - 1);
        command.append(lines.get(i).strip());
      }
      List<String> expected = new ArrayList<>();
      i++;
      while (!lines.get(i).startsWith("$ ") && !lines.get(i).strip().equals("```")) {
        expected.add(lines.get(i));
        i++;
      }
      commands.add(new DocumentedCommand(document, shown, command.toString(), expected));
    }
    return i;
  }

  /// Whether `output` is what the document promises.
  boolean promises(String output) {
    return expected.isEmpty() || pattern().matcher(output.stripTrailing()).matches();
  }

  private Pattern pattern() {
    String regex =
        String.join("\n", expected)
            .stripTrailing()
            .lines()
            .map(line -> line.strip().equals("…") ? "(?:.*\\n)*?.*" : pattern(line))
            .collect(Collectors.joining("\\n"));
    return Pattern.compile(regex);
  }

  private static String pattern(String line) {
    return Arrays.stream(line.stripTrailing().split("…", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }

  @Override
  public String toString() {
    return "%s:%d: %s".formatted(document.getFileName(), line, command);
  }
}
