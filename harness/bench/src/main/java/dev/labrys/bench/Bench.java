package dev.labrys.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.labrys.cluster.container.ContainersUnavailable;
import java.io.IOException;
import java.io.PrintWriter;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How fast is it? The command line of this module: `jmh`, `corpus`, `growth`, `simulation`,
/// `startup`, `cluster`, `proxy` and `workloads`.
@Command(
    name = "bench",
    header = "Measures Labrys.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      JmhRun.class,
      CorpusRun.class,
      GrowthRun.class,
      SimulationRun.class,
      StartupRun.class,
      ClusterRun.class,
      ProxyRun.class,
      WorkloadRun.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0: measured, and every verdict was right",
      "1: a verdict was wrong, or memory grew",
      "64: wrong usage or malformed input",
      "69: no such benchmark, another run of JMH, or no Docker engine",
      "70: internal error"
    })
public final class Bench implements Runnable {
  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE = 64;
  private static final int UNAVAILABLE = 69;
  private static final int INTERNAL = 70;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  public static void main(String... arguments) {
    System.exit(
        run(
            new PrintWriter(System.out, true, UTF_8),
            new PrintWriter(System.err, true, UTF_8),
            arguments));
  }

  /// Runs one command and returns its exit code.
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine commandLine = new CommandLine(new Bench());
    for (CommandLine command : commandLine.getSubcommands().values()) {
      // The options of JMH are JMH's business.
      command.setUnmatchedOptionsArePositionalParams(command.getCommandName().equals("jmh"));
    }
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setParameterExceptionHandler((wrong, _) -> complain(err, wrong, USAGE));
    commandLine.setExecutionExceptionHandler((wrong, _, _) -> failed(err, wrong));
    return commandLine.execute(arguments);
  }

  private static int failed(PrintWriter err, Exception wrong) {
    if (wrong instanceof ContainersUnavailable) {
      return complain(err, wrong, UNAVAILABLE);
    }
    // What a user can mend: files that aren't there, or aren't what they should be.
    if (wrong instanceof IOException || wrong instanceof IllegalArgumentException) {
      return complain(err, wrong, USAGE);
    }
    if (wrong instanceof RunnerException) {
      // No benchmark of that name, or another run of JMH on this machine.
      return complain(err, wrong, UNAVAILABLE);
    }
    wrong.printStackTrace(err);
    return INTERNAL;
  }

  private static int complain(PrintWriter err, Exception wrong, int exitCode) {
    err.println("bench: " + Complaint.of(wrong));
    return exitCode;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }
}
