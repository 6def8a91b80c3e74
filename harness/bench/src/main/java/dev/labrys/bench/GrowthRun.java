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
  private static final int RUNS = 9;
  private static final double NANOS_PER_MILLI = 1e6;
  // As many short histories as long ones need operations, so that no time is too short to tell.
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
    int lengths = 0;
    while (length(lengths) <= LONGEST) {
      lengths++;
    }
    // Round by round, so that what else the machine does meets all lengths alike.
    double[][] millis = new double[lengths][RUNS];
    for (int run = -WARMUPS; run < RUNS; run++) {
      for (int i = 0; i < lengths; i++) {
        millis[i][Math.max(run, 0)] = time(checker, recipe.withOperations(length(i)));
      }
    }
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < lengths; i++) {
      Arrays.sort(millis[i]);
      double median = millis[i][RUNS / 2];
      points.add(new double[] {Math.log(length(i)), Math.log(median)});
      out.printf(Locale.ROOT, "%9d ops  %10.3f ms%n", length(i), median);
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

  /// Of one verdict. Each time another history: judging the same one again and again would let the
  /// processor learn the short ones by heart.
  private static double time(LinearizabilityChecker checker, Recipe recipe) {
    List<History> histories = new ArrayList<>();
    int count = Math.toIntExact(OPERATIONS_PER_RUN / recipe.operations());
    for (int i = 0; i < count; i++) {
      Seed seed = new Seed(recipe.seed().number() + i);
      histories.add(recipe.withSeed(seed).make().history());
    }
    long start = System.nanoTime();
    for (History history : histories) {
      if (checker.decide(history) != Status.VALID) {
        throw new IllegalStateException("a history that is valid by construction was not");
      }
    }
    return (System.nanoTime() - start) / NANOS_PER_MILLI / count;
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
