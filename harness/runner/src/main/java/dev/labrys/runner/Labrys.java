package dev.labrys.runner;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line.
@Command(
    name = "labrys",
    header = "Finds out whether a Raft keeps its promises.",
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    description =
        "'labrys run' starts a cluster, lets clients use it while a nemesis hurts it, and says"
            + " whether a correct system could have told them what they were told, and if not, why."
            + " 'labrys check' says the same of a history from elsewhere: a file of who asked what,"
            + " when, and what came back.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys run                                            put a Raft to the test",
      "  labrys gen --model register --ops 1000 -o run.jsonl   make a history",
      "  labrys check run.jsonl                                judge it",
      "  labrys check run.jsonl --html run.html                look at it",
      "  labrys models                                         what can be judged",
      "  labrys lab                                            put Raft through the MIT labs",
      "  labrys repro sleep-stall                              a right Raft that never commits",
      "  labrys measure stalls                                 how late sleeps are here",
      "  labrys toxiproxy                                      harm TCP connections on request",
      "  labrys faults                                         what can be done to nodes here",
      "  labrys clean                                          remove what killed runs left",
      "",
      "'labrys COMMAND --help' tells more."
    })
public final class Labrys implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  // Only picocli looks at it.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  // Only picocli looks at it.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean version;

  private final Terminal terminal;

  private Labrys(Terminal terminal) {
    this.terminal = terminal;
  }

  // Only picocli calls it.
  @SuppressWarnings("UnusedMethod")
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show a stack trace with errors (or set LABRYS_DEBUG=1).")
  private void debug(boolean wanted) {
    if (wanted) {
      terminal.showTraces();
    }
  }

  public static void main(String... arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      // The launcher's users and scripts ask this most often; it needs no command line parser.
      System.out.println(versionLine());
      return;
    }
    // What is printed is the same everywhere, and 1.4 is no 1,4.
    Locale.setDefault(Locale.ROOT);
    Terminal terminal = Terminal.ofProcess();
    Runtime.getRuntime().addShutdownHook(new Thread(terminal::interrupt, "labrys-interrupt"));
    int exitCode = run(terminal, arguments);
    terminal.onInterrupt(() -> {});
    System.exit(exitCode);
  }

  /// Runs one command and returns its exit code.
  static int run(Terminal terminal, String... arguments) {
    Labrys labrys = new Labrys(terminal);
    CommandLine commandLine = labrys.commandLine();
    try {
      return commandLine.execute(arguments);
    } catch (StackOverflowError | OutOfMemoryError error) {
      return labrys.report(error);
    } finally {
      terminal.flush();
    }
  }

  private CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(this);
    commandLine.addSubcommand(new RunCommand(terminal));
    commandLine.addSubcommand(new CheckCommand(terminal));
    commandLine.addSubcommand(new GenCommand(terminal));
    commandLine.addSubcommand(new ConvertCommand(terminal));
    commandLine.addSubcommand(new ModelsCommand(terminal));
    commandLine.addSubcommand(new LabCommand(terminal));
    commandLine.addSubcommand(
        new CommandLine(new ReproCommand()).addSubcommand(new SleepStallCommand(terminal)));
    commandLine.addSubcommand(
        new CommandLine(new MeasureCommand()).addSubcommand(new MeasureStallsCommand(terminal)));
    commandLine.addSubcommand(new ToxiproxyCommand(terminal));
    commandLine.addSubcommand(new FaultsCommand(terminal));
    commandLine.addSubcommand(
        new CommandLine(new RunsCommand(terminal)).addSubcommand(new RunsCommand.Prune(terminal)));
    commandLine.addSubcommand(new ExportCommand(terminal));
    commandLine.addSubcommand(new ImportCommand(terminal));
    commandLine.addSubcommand(new DoctorCommand(terminal));
    commandLine.addSubcommand(new CleanCommand(terminal));
    commandLine.getCommandSpec().versionProvider(() -> new String[] {versionLine()});
    commandLine.setUsageHelpWidth(100);
    commandLine.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler((wrong, _) -> reportUsage(wrong));
    commandLine.setExecutionExceptionHandler((wrong, _, _) -> report(wrong));
    listExitCodes(commandLine);
    return commandLine;
  }

  private static void listExitCodes(CommandLine commandLine) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.byCode()) {
      codes.put(Integer.toString(code.code()), code.meaning());
    }
    codes.put(
        Integer.toString(ExitCode.INTERRUPTED),
        "interrupted (SIGINT); what was found so far is printed");
    codes.put(Integer.toString(ExitCode.TERMINATED), "asked to end (SIGTERM); the same");
    commandLine.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    commandLine.getCommandSpec().usageMessage().exitCodeList(codes);
    commandLine.getSubcommands().values().forEach(Labrys::listExitCodes);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }

  private int reportUsage(ParameterException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    StringBuilder message = new StringBuilder("labrys: ").append(Printable.line(complaint(wrong)));
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .limit(3)
          .forEach(near -> message.append("\n  did you mean ").append(near).append('?'));
    }
    message
        .append("\n'")
        .append(command.qualifiedName())
        .append(" --help' tells how it is used.\n");
    terminal.warn(message.toString());
    return ExitCode.USAGE.code();
  }

  private static String complaint(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      boolean isRoot = wrong.getCommandLine().getParent() == null;
      return isRoot && !first.startsWith("-")
          ? "there is no command '%s'".formatted(first)
          : "'%s' is not expected here".formatted(first);
    }
    return Diagnosis.messageOf(wrong);
  }

  private int report(Throwable wrong) {
    Diagnosis diagnosis = Diagnosis.of(wrong);
    terminal.warn("labrys: " + diagnosis.message() + "\n");
    terminal.trace(diagnosis, wrong);
    return diagnosis.exitCode().code();
  }

  private static String versionLine() {
    return "labrys %s (Java %s)".formatted(version(), System.getProperty("java.version"));
  }

  /// Jars know their version; classes that were never packed are somebody's own.
  private static String version() {
    return Optional.ofNullable(Labrys.class.getPackage().getImplementationVersion())
        .orElse("unreleased");
  }
}
