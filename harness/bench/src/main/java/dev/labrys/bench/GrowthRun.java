package dev.labrys.bench;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Models;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Status;
import dev.labrys.history.History;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench growth`: how the time for a verdict grows with the length of the history, at a fixed
/// number of clients.
///
/// Times grow as a power of the length; the exponent is the slope of the line that fits the
/// logarithms best. 1 is linear.
@Command(
    name = "growth",
    header = "Fit the exponent by which time grows with length.",
    mixinStandardHelpOptions = true)
final class GrowthRun implements Callable<Integer> {
  private static final int SHORTEST = 1_000;
  private static final int LONGEST = 1_000_000;
  private static final int RUNS = 7;
  // Short histories are judged until this much work is done, so that no time is too short to tell.
  private static final int OPERATIONS_PER_RUN = 1_000_000;
  private static final int WARMUPS = 5;

  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "KIND",
      defaultValue = "register",
      description = "The object to simulate: register, queue, ... Default: register.")
  private String kind = "register";

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many clients there are. Default: 10.")
  private int clients = 10;

  @Option(
      names = "--crash",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "Operations whose outcome stays unknown. Default: 0.")
  private double crashFraction;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Where the histories come from. Default: 1.")
  private long seed = 1;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Recipe recipe = recipe();
    LinearizabilityChecker checker =
        LinearizabilityChecker.of(Models.named(recipe.kind().model()))
            .within(SearchBudget.standard().withThreads(1));
    out.printf("%s, %d clients, seed %d%n", kind, clients, seed);
    List<double[]> points = new ArrayList<>();
    for (int step = 0; length(step) <= LONGEST; step++) {
      int length = length(step);
      History history = recipe.withOperations(length).make().history();
      double millis = median(checker, history);
      points.add(new double[] {Math.log(length), Math.log(millis)});
      out.printf(Locale.ROOT, "%9d ops  %10.3f ms%n", length, millis);
    }
    out.printf(Locale.ROOT, "exponent %.2f%n", slope(points));
    out.flush();
    return Bench.SUCCESS;
  }

  private Recipe recipe() {
    try {
      return Recipe.of(ObjectKind.named(kind))
          .withClients(clients)
          .withCrashFraction(crashFraction)
          .withSeed(new Seed(seed));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), Complaint.of(wrong), wrong);
    }
  }

  /// 1 k, 2 k, 5 k, 10 k …
  private static int length(int step) {
    int power = SHORTEST;
    for (int i = 0; i < step / 3; i++) {
      power *= 10;
    }
    return switch (step % 3) {
      case 0 -> power;
      case 1 -> power * 2;
      default -> power * 5;
    };
  }

  private static double median(LinearizabilityChecker checker, History history) {
    int repetitions = Math.max(1, OPERATIONS_PER_RUN / history.size());
    double[] millis = new double[RUNS];
    for (int run = -WARMUPS; run < RUNS; run++) {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        if (checker.decide(history) != Status.VALID) {
          throw new IllegalStateException("a history that is valid by construction was not");
        }
      }
      if (run >= 0) {
        millis[run] = (System.nanoTime() - start) / 1e6 / repetitions;
      }
    }
    Arrays.sort(millis);
    return millis[RUNS / 2];
  }

  /// Of the line through `points` with the least squared error.
  static double slope(List<double[]> points) {
    double meanX = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
    double meanY = points.stream().mapToDouble(point -> point[1]).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (double[] point : points) {
      products += (point[0] - meanX) * (point[1] - meanY);
      squares += (point[0] - meanX) * (point[0] - meanX);
    }
    return products / squares;
  }
}
