package dev.labrys.runner;

import dev.labrys.history.HistoryFormat;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.HistoryWriter;
import dev.labrys.history.JournalRules;
import dev.labrys.history.Keys;
import dev.labrys.history.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `labrys convert`: rewrites a history in another format, event by event, however long it is.
@Command(
    name = "convert",
    header = "Rewrite a history in another format.",
    descriptionHeading = "%n",
    description =
        "Reads any format and writes any format: jsonl (.jsonl), Jepsen's edn (.edn), etcd-log"
            + " (.log) and kv-log (.txt), compressed if the name ends in .gz. What the other format"
            + " has no way to say is an error, never dropped.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys convert store/history.edn run.jsonl.gz    from Jepsen, compressed",
      "  labrys convert run.jsonl - --to edn | less       to standard output",
      "  labrys convert history.edn run.jsonl --keys tuple",
      "                                                   keys out of the values of Jepsen's",
      "                                                   independent workloads"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "IN", description = "A history, or - for standard input.")
  private String in = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "A file, or - for standard output.")
  private String out = "";

  /// Absent: told from the content.
  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      converter = FormatArgument.class,
      description = "The format of IN. Told from its content if not given.")
  private @Nullable HistoryFormat from;

  /// Absent: told from the name.
  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      converter = FormatArgument.class,
      description =
          "The format of OUT. Told from its name if not given, jsonl if that says nothing.")
  private @Nullable HistoryFormat to;

  @Option(
      names = "--keys",
      paramLabel = "WHERE",
      converter = KeysArgument.class,
      defaultValue = "field",
      description = "Where the keys of IN are: field, tuple ([key value]) or none. Default: field.")
  private Keys keys = Keys.FIELD;

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    refuseToOverwriteTheInput();
    ReadOptions options = ReadOptions.standard().withKeys(keys);
    HistoryInput input =
        new HistoryInput(terminal, from == null ? options : options.withFormat(from));
    HistoryOutput output = new HistoryOutput(terminal, out, to);
    try (HistoryReader reader = input.open(in)) {
      output.write(writer -> say(copy(input, reader, writer), reader, output));
    }
    return ExitCode.SUCCESS.code();
  }

  private void refuseToOverwriteTheInput() throws IOException {
    Path source = terminal.path(in);
    Path target = terminal.path(out);
    if (Files.exists(source) && Files.exists(target) && Files.isSameFile(source, target)) {
      throw CommandFailure.usage(in + ": is both what is read and what is written");
    }
  }

  private long copy(HistoryInput input, HistoryReader reader, HistoryWriter writer)
      throws IOException {
    JournalRules rules = new JournalRules(in);
    long events = 0;
    while (reader.advance()) {
      rules.admit(reader.event(), reader.line());
      input.warnIfTorn(in, reader.event());
      writer.write(reader.event());
      events++;
    }
    return events;
  }

  private void say(long events, HistoryReader reader, HistoryOutput output) {
    if (!output.isStandardOutput()) {
      terminal.print(
          String.format(
              Locale.ROOT,
              "%s: %,d events, from %s to %s%n",
              Printable.line(out),
              events,
              reader.format().title(),
              output.format().title()));
    }
  }

  private static final class KeysArgument implements ITypeConverter<Keys> {
    @Override
    public Keys convert(String text) {
      return Choice.among(Keys.values(), text);
    }
  }
}
