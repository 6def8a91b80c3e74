package dev.labrys.runner;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where a command reads from and writes to. All text leaves through here, and is made harmless
/// here ([Printable]).
final class Terminal {
  private static final int LONGEST_LEAVE_SECONDS = 120;

  private final Streams streams;
  private final Set<Ability> abilities;
  private final Path directory;
  private boolean showsTraces;
  private volatile Runnable interruption = () -> {};

  /// Standard input, output and error.
  record Streams(InputStream in, PrintStream out, PrintStream err) {}

  /// What the person in front of it would like to see.
  enum Ability {
    /// Standard error is watched, so progress may be drawn on it.
    PROGRESS,
    /// Standard output is watched, and shows colours.
    COLOUR
  }

  /// @param directory where the names of files start
  Terminal(Streams streams, Set<Ability> abilities, Path directory) {
    this.streams = streams;
    this.abilities = abilities;
    this.directory = directory;
  }

  /// The terminal of this process, in UTF-8 whatever the locale says: what is written is as often
  /// read by a program as by a person.
  static Terminal ofProcess() {
    Streams streams =
        new Streams(
            new FileInputStream(FileDescriptor.in),
            new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8),
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    return new Terminal(streams, abilitiesOfProcess(), Path.of(""));
  }

  /// The JDK can only say that input and output both are terminals. A launcher that knows more says
  /// so with the property `labrys.stderr`.
  // Since JDK 25 there is no console again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static Set<Ability> abilitiesOfProcess() {
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    boolean isDumb = "dumb".equals(System.getenv("TERM"));
    Console console = System.console();
    boolean isTerminal = !isDumb && console != null && console.isTerminal();
    if (isTerminal && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty()) {
      abilities.add(Ability.COLOUR);
    }
    String told = System.getProperty("labrys.stderr");
    if (!isDumb && (told == null ? isTerminal : told.equals("terminal"))) {
      abilities.add(Ability.PROGRESS);
    }
    return abilities;
  }

  InputStream in() {
    return streams.in();
  }

  /// The file that somebody at this terminal calls `name`.
  Path path(String name) {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      throw CommandFailure.usage("%s: %s".formatted(name, Diagnosis.messageOf(e)));
    }
  }

  /// A path as somebody at this terminal would name it.
  Path shown(Path path) {
    Path here = directory.toAbsolutePath().normalize();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  /// The same for a file that is to be written, whose folder must be there.
  Path newFile(String name) {
    Path file = path(name);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw CommandFailure.usage("%s: there is no folder %s".formatted(name, folder));
    }
    return file;
  }

  /// The same for a folder that is there, or is to be made.
  Path folder(String name) {
    Path folder = path(name);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw CommandFailure.usage(name + " is a file; name a folder, or one to be made");
    }
    return folder;
  }

  /// Whether standard output understands colours.
  boolean isColourful() {
    return abilities.contains(Ability.COLOUR);
  }

  /// How wide it is, in letters, if anybody knows: a launcher that does says so with the property
  /// `labrys.columns`.
  OptionalInt width() {
    String told = System.getProperty("labrys.columns", "");
    return told.matches("[1-9]\\d{0,3}")
        ? OptionalInt.of(Integer.parseInt(told))
        : OptionalInt.empty();
  }

  boolean isWatched() {
    return abilities.contains(Ability.PROGRESS);
  }

  /// Standard output for data that must arrive as it is.
  OutputStream data() {
    return streams.out();
  }

  /// Writes text to standard output.
  void print(String text) {
    streams.out().print(Printable.of(text));
    streams.out().flush();
  }

  /// Writes to standard output what its maker has made harmless.
  void printAsIs(String text) {
    streams.out().print(text);
    streams.out().flush();
  }

  /// The same, for many lines at a time: it may take its time until they are seen.
  void printLater(String text) {
    streams.out().print(text);
  }

  /// Writes text to standard error.
  void warn(String text) {
    streams.err().print(Printable.of(text));
    streams.err().flush();
  }

  /// Draws on standard error: `text` is ours, and may move the cursor.
  void draw(String text) {
    streams.err().print(text);
    streams.err().flush();
  }

  /// The place for help: text of ours, which picocli colours where that makes sense.
  PrintStream out() {
    return streams.out();
  }

  /// The place for help that was not asked for.
  PrintStream err() {
    return streams.err();
  }

  /// From here on, errors come with a stack trace.
  void showTraces() {
    showsTraces = true;
  }

  /// After an error was named: where in labrys it happened, for those who want to know.
  void trace(Diagnosis diagnosis, Throwable wrong) {
    if (showsTraces || "1".equals(System.getenv("LABRYS_DEBUG"))) {
      StringWriter trace = new StringWriter();
      wrong.printStackTrace(new PrintWriter(trace));
      warn(trace.toString());
    } else if (diagnosis.exitCode() == ExitCode.INTERNAL) {
      warn("This is a bug in labrys. --debug (or LABRYS_DEBUG=1) shows where.\n");
    }
  }

  /// What to do if the user has enough before the command is done.
  void onInterrupt(Runnable newInterruption) {
    interruption = newInterruption;
  }

  /// The same for a command that then ends in its own way: the process waits until it has, but no
  /// longer than two minutes.
  ///
  /// @param end counted down when it has
  void onInterrupt(Runnable newInterruption, CountDownLatch end) {
    onInterrupt(() -> {
      newInterruption.run();
      try {
        end.await(LONGEST_LEAVE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /// Called when the user has enough.
  void interrupt() {
    interruption.run();
  }

  void flush() {
    streams.out().flush();
    streams.err().flush();
  }
}
