package dev.labrys.runner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of a shell as documents need: `labrys` commands run in this process, `echo`, `cat`,
/// pipes, `> file`, `$?`, and quotes. One shell runs the commands of one document in its own
/// directory, so that a later command finds what an earlier one wrote.
final class DocumentShell {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

  private final Path directory;
  private int lastExitCode;

  DocumentShell(Path directory) {
    this.directory = directory;
  }

  /// What `command` prints on a terminal: standard output and standard error as they come.
  String run(String command) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    String input = "";
    String[] stages = command.split(" \\| ", -1);
    for (int i = 0; i < stages.length; i++) {
      boolean isLast = i == stages.length - 1;
      ByteArrayOutputStream out = isLast ? shown : new ByteArrayOutputStream();
      runStage(words(stages[i]), input, out, shown);
      input = out.toString(StandardCharsets.UTF_8);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  int lastExitCode() {
    return lastExitCode;
  }

  private void runStage(
      List<String> words, String input, ByteArrayOutputStream out, ByteArrayOutputStream err)
      throws IOException {
    int redirect = words.indexOf(">");
    if (redirect < 0) {
      runWords(words, input, out, err);
      return;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    runWords(words.subList(0, redirect), input, file, err);
    Files.write(directory.resolve(words.get(redirect + 1)), file.toByteArray());
  }

  private void runWords(
      List<String> words, String input, ByteArrayOutputStream out, ByteArrayOutputStream err)
      throws IOException {
    List<String> arguments = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "labrys", "./labrys" ->
          lastExitCode =
              Labrys.run(
                  Typed.terminal(directory, input, out, err), arguments.toArray(String[]::new));
      case "echo" -> {
        String text = String.join(" ", arguments).replace("$?", Integer.toString(lastExitCode));
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        lastExitCode = 0;
      }
      case "cat" -> {
        for (String name : arguments) {
          out.write(Files.readAllBytes(directory.resolve(name)));
        }
        lastExitCode = 0;
      }
      default ->
          throw new IllegalArgumentException("this shell has no command " + words.getFirst());
    }
  }

  private static List<String> words(String stage) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(stage);
    while (word.find()) {
      for (int group = 1; group <= 3; group++) {
        if (word.group(group) != null) {
          words.add(word.group(group));
        }
      }
    }
    return words;
  }
}
