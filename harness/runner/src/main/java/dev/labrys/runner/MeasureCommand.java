package dev.labrys.runner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `labrys measure`: what this machine is like.
@Command(
    name = "measure",
    header = "Measure this machine.",
    synopsisSubcommandLabel = "WHAT",
    commandListHeading = "%nWhat:%n",
    optionListHeading = "%nOptions:%n")
final class MeasureCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to measure: stalls");
  }
}
