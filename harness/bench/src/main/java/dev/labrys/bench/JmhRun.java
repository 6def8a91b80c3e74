package dev.labrys.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bench jmh`: runs the benchmarks, and keeps the results with the machine and the commit.
@Command(
    name = "jmh",
    header = "Run the benchmarks whose names match.",
    description = {
      "Everything but --results is JMH's: names of benchmarks and its options, such as",
      "'Register -p operations=10000 -prof gc'."
    })
final class JmhRun implements Callable<Integer> {
  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "JMH-ARGUMENT", arity = "0..*")
  private List<String> arguments = List.of();

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      defaultValue = "harness/bench/results",
      description = "Where the results go. Default: harness/bench/results.")
  private Path folder = Path.of("harness/bench/results");

  @Override
  public Integer call() throws IOException, RunnerException {
    Collection<RunResult> results;
    try {
      results = new Runner(new CommandLineOptions(arguments.toArray(String[]::new))).run();
    } catch (CommandLineOptionException wrong) {
      throw new ParameterException(spec.commandLine(), Complaint.of(wrong), wrong);
    }
    Path file = ResultsFile.write(folder, results);
    spec.commandLine().getOut().println("results: " + file);
    return Bench.SUCCESS;
  }
}
