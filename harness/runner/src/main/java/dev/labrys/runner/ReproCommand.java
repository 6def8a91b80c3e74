package dev.labrys.runner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `labrys repro`: bugs that somebody met, made to happen each time.
@Command(
    name = "repro",
    header = "Make a known bug happen, on a real cluster, each time.",
    synopsisSubcommandLabel = "BUG",
    commandListHeading = "%nBugs:%n",
    optionListHeading = "%nOptions:%n")
final class ReproCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which bug: sleep-stall");
  }
}
