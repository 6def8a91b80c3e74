package dev.labrys.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/// A labrys command as somebody typed it, and what came of it.
///
/// @param exitCode what the shell sees
/// @param out standard output
/// @param err standard error
record Typed(int exitCode, String out, String err) {

  /// Runs `labrys arguments...` in `directory`.
  static Typed in(Path directory, String... arguments) {
    return withInput(directory, "", arguments);
  }

  /// Runs `labrys arguments...` in `directory`, with `input` as its standard input.
  static Typed withInput(Path directory, String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Labrys.run(terminal(directory, input, out, err), arguments);
    return new Typed(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// A terminal that nobody watches.
  static Terminal terminal(
      Path directory, String input, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Terminal(streams(input, out, err), Set.of(), directory);
  }

  static Terminal.Streams streams(
      String input, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Terminal.Streams(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
