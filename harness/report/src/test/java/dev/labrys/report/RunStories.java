package dev.labrys.report;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Models;
import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.report.RunReport.Availability;
import dev.labrys.report.RunReport.Conclusion;
import dev.labrys.report.RunReport.Condition;
import dev.labrys.report.RunReport.Fate;
import dev.labrys.report.RunReport.Fault;
import dev.labrys.report.RunReport.Finding;
import dev.labrys.report.RunReport.Interval;
import dev.labrys.report.RunReport.Level;
import dev.labrys.report.RunReport.LogLine;
import dev.labrys.report.RunReport.Node;
import dev.labrys.report.RunReport.Recovery;
import dev.labrys.report.RunReport.Reign;
import dev.labrys.report.RunReport.Run;
import dev.labrys.report.RunReport.Setting;
import dev.labrys.report.RunReport.Setup;
import dev.labrys.report.RunReport.Stalls;
import dev.labrys.report.RunReport.Stretch;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/// Runs that never took place: synthetic histories, with faults that slow them down, and nodes that
/// suffer under them.
final class RunStories {
  static final long SECOND = 1_000_000_000L;
  static final Run RUN =
      new Run(
          "20260301T101500-register",
          Instant.parse("2026-03-01T10:15:00Z"),
          "labrys-raft",
          "processes",
          5,
          "register",
          "partitions, kills, pauses",
          "4711",
          30 * SECOND,
          "./labrys run --nodes 5 --workload register --faults partitions,kills --seed 4711",
          "./labrys run --nodes 5 --workload register --replay-faults"
              + " runs/20260301T101500-register");

  /// From, in force, healing and healed, in tenths of a second.
  private static final List<int[]> TIMES =
      List.of(
          new int[] {30, 31, 70, 72},
          new int[] {100, 101, 130, 138},
          new int[] {120, 121, 150, 151},
          new int[] {190, 191, 225, 226});

  private RunStories() {}

  /// Thirty seconds of a register that five nodes keep, rightly.
  static RunReport valid() {
    return report(judgement(history(recipe(6_000), 30 * SECOND)));
  }

  /// The same, but with an answer that was damaged.
  static RunReport invalid() {
    History damaged =
        Corruption.STALE_READ
            .apply(ObjectKind.REGISTER, recipe(6_000).make().history(), new Seed(5))
            .history();
    return report(judgement(warped(damaged, 30 * SECOND)));
  }

  /// A run in which nothing happened at all.
  static RunReport empty() {
    return new RunReport(
        new Run(
            "empty",
            Instant.EPOCH,
            "none",
            "simulation",
            0,
            "register",
            "",
            "0",
            0,
            "./labrys run",
            ""),
        new Conclusion(Status.VACUOUS, List.of("no operation was recorded")),
        List.of(),
        new History(List.of()),
        List.of(),
        List.of(),
        List.of(),
        new Availability.Unmeasured("there was no operation"),
        Stalls.none(),
        new Setup(List.of(), List.of(), List.of()));
  }

  /// Many operations and as many lines of logs.
  static RunReport large(int operations, int lines) {
    History history = history(recipe(operations), 30 * SECOND);
    RunReport small = report(judgement(history));
    return with(small, nodes(lines / 5));
  }

  /// `text` wherever a run has a text to give.
  static RunReport hostile(String text) {
    Judgement judgement = Stories.hostile(text);
    Setting setting = new Setting(text, text);
    return new RunReport(
        new Run(text, Instant.EPOCH, text, text, 1, text, text, text, 5_000_000, text, text),
        new Conclusion(Status.INVALID, List.of(text, text)),
        List.of(
            new Finding.Judged(judgement), new Finding.Stated(text, Status.INVALID, text, 5_000)),
        judgement.history(),
        List.of(
            new Fault(text, text, 100, 200, 3_000_000, 4_000_000, Fate.HEALED, text),
            new Fault(text, text, 100, RunReport.NEVER, 200, RunReport.NEVER, Fate.MISSED, text)),
        List.of(
            new Node(
                text,
                List.of(new Stretch(Condition.DOWN, new Interval(0, 4_000_000))),
                List.of(
                    new LogLine(1_000_000, Level.ERROR, text),
                    new LogLine(2_000_000, Level.INFO, text)))),
        List.of(new Reign(text, 1, new Interval(0, 4_000_000))),
        new Availability.Measured(
            List.of(new Interval(100, 200)), List.of(new Recovery(0, 100)), 1_000),
        new Stalls(5, List.of(new Interval(300, 500))),
        new Setup(List.of(setting), List.of(setting), List.of(text)));
  }

  static RunReport with(RunReport report, List<Node> nodes) {
    return new RunReport(
        report.run(),
        report.conclusion(),
        report.findings(),
        report.history(),
        report.faults(),
        nodes,
        report.reigns(),
        report.availability(),
        report.stalls(),
        report.setup());
  }

  static RunReport withoutFaults(RunReport report) {
    return new RunReport(
        report.run(),
        report.conclusion(),
        report.findings(),
        report.history(),
        List.of(),
        report.nodes(),
        report.reigns(),
        new Availability.Measured(List.of(), List.of(), 10 * SECOND),
        Stalls.none(),
        report.setup());
  }

  private static Recipe recipe(int operations) {
    return Recipe.of(ObjectKind.REGISTER)
        .withOperations(operations)
        .withClients(10)
        .withKeys(4)
        .withCrashFraction(0.01)
        .withFailFraction(0.01)
        .withSeed(new Seed(4711));
  }

  private static History history(Recipe recipe, long nanos) {
    return warped(recipe.make().history(), nanos);
  }

  private static Judgement judgement(History history) {
    LinearizabilityChecker checker = LinearizabilityChecker.of(Models.register());
    return new Judgement("run", checker.name(), history, checker.check(history));
  }

  /// The history at another pace: as long as wanted, and five times slower while a fault is there.
  private static History warped(History history, long nanos) {
    long end =
        history.operations().stream()
            .map(Operation::callTime)
            .max(Comparator.naturalOrder())
            .orElse(1L);
    LongUnaryOperator pace = pace(end, nanos);
    List<Operation> warped = new ArrayList<>();
    for (Operation o : history.operations()) {
      warped.add(
          new Operation(
              o.index(),
              o.process(),
              o.function(),
              o.key(),
              o.input(),
              o.outcome(),
              pace.applyAsLong(o.callTime()),
              o.returnTime() == Operation.NEVER_TIME
                  ? o.returnTime()
                  : pace.applyAsLong(o.returnTime()),
              o.callPosition(),
              o.returnPosition()));
    }
    return new History(warped, history.annotations());
  }

  /// Strictly rising, so that no order changes.
  private static LongUnaryOperator pace(long end, long nanos) {
    int steps = 300;
    double[] reached = new double[steps + 1];
    for (int i = 0; i < steps; i++) {
      int tenth = i;
      boolean isSlow = TIMES.stream().anyMatch(t -> tenth >= t[0] && tenth < t[0] + 12);
      reached[i + 1] = reached[i] + (isSlow ? 0.12 : 1);
    }
    return time -> {
      double wanted = Math.min(1.0, (double) time / end) * reached[steps];
      int low = 0;
      while (low < steps - 1 && reached[low + 1] <= wanted) {
        low++;
      }
      double part = (wanted - reached[low]) / (reached[low + 1] - reached[low]);
      return (long) ((low + part) / steps * nanos) + Math.max(0, time - end);
    };
  }

  private static RunReport report(Judgement judgement) {
    boolean isValid = judgement.verdict() instanceof Verdict.Valid;
    Conclusion conclusion =
        isValid
            ? new Conclusion(
                Status.VALID,
                List.of("every checker found what the clients saw to be allowed", "4 faults hit"))
            : new Conclusion(
                Status.INVALID, List.of("a client read a value that had been replaced before"));
    return new RunReport(
        RUN,
        conclusion,
        List.of(
            new Finding.Judged(judgement),
            new Finding.Stated(
                "availability", Status.VALID, "every recovery took less than 10 s", 1_200_000)),
        judgement.history(),
        faults(),
        nodes(400),
        reigns(),
        new Availability.Measured(
            List.of(interval(30, 42), interval(101, 113), interval(190, 199)),
            List.of(
                new Recovery(0, 212_000_000),
                new Recovery(1, 731_000_000),
                new Recovery(2, 95_000_000),
                new Recovery(3, 301_000_000)),
            10 * SECOND),
        new Stalls(412_000_000, List.of(interval(255, 259))),
        new Setup(
            List.of(
                new Setting("nodes", "5"),
                new Setting("rate", "200/s, Poisson"),
                new Setting("clients", "10"),
                new Setting("raft.election-timeout", "150ms..300ms"),
                new Setting("raft.snapshot-after", "10000 entries")),
            List.of(new Setting("labrys", "0.1.0"), new Setting("java", "25.0.3")),
            List.of("clocks of nodes were not compared; all run on one machine")));
  }

  private static List<Fault> faults() {
    List<String> texts =
        List.of("partition(leader)", "kill(majority)", "pause(n5)", "links.slow(200ms)");
    List<String> targets = List.of("n1 | n2 n3 n4 n5", "n2 n3 n4", "n5", "n1 n2 n3 n4 n5");
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < TIMES.size(); i++) {
      int[] t = TIMES.get(i);
      faults.add(
          new Fault(
              texts.get(i),
              targets.get(i),
              tenths(t[0]),
              tenths(t[1]),
              tenths(t[2]),
              tenths(t[3]),
              Fate.HEALED,
              ""));
    }
    faults.add(
        new Fault(
            "clock.jump(1h)",
            "",
            tenths(240),
            RunReport.NEVER,
            RunReport.NEVER,
            RunReport.NEVER,
            Fate.MISSED,
            "processes of this machine share its clock"));
    return faults;
  }

  private static List<Reign> reigns() {
    return List.of(
        new Reign("n1", 1, interval(2, 70)),
        new Reign("n3", 2, interval(41, 101)),
        new Reign("n2", 4, interval(112, 190)),
        new Reign("n5", 5, interval(198, 300)));
  }

  private static List<Node> nodes(int linesEach) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      nodes.add(new Node("n" + i, stretches(i), log(i, linesEach)));
    }
    return nodes;
  }

  private static List<Stretch> stretches(int node) {
    return switch (node) {
      case 1 -> whole(Condition.SILENT, 32, 71);
      case 2, 3, 4 -> whole(Condition.DOWN, 101, 134 + node);
      default -> whole(Condition.PAUSED, 121, 150);
    };
  }

  private static List<Stretch> whole(Condition condition, int from, int to) {
    return List.of(
        new Stretch(Condition.SERVES, interval(1, from)),
        new Stretch(condition, interval(from, to)),
        new Stretch(Condition.SERVES, interval(to, 300)));
  }

  private static List<LogLine> log(int node, int lines) {
    RandomGenerator random = new Seed(node).stream("log");
    List<LogLine> log = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      long at = 30L * i * SECOND / Math.max(1, lines) + random.nextInt(1000);
      int kind = random.nextInt(40);
      Level level =
          kind == 0 ? Level.ERROR : kind < 4 ? Level.WARNING : kind < 20 ? Level.INFO : Level.DEBUG;
      log.add(new LogLine(at, level, line(level, node, random)));
    }
    return log;
  }

  private static String line(Level level, int node, RandomGenerator random) {
    int peer = 1 + (node + random.nextInt(4)) % 5;
    return switch (level) {
      case ERROR -> "connection to n%d lost: reset by peer".formatted(peer);
      case WARNING ->
          "no heartbeat of n%d for %d ms; election begins"
              .formatted(peer, random.nextInt(150, 300));
      case INFO -> "vote for n%d in term %d".formatted(peer, random.nextInt(1, 6));
      case DEBUG ->
          String.format(
              Locale.ROOT,
              "append to n%d: entries %d..%d, commit %d",
              peer,
              random.nextInt(9000),
              random.nextInt(9000, 9100),
              random.nextInt(9000));
    };
  }

  static Interval interval(int fromTenths, int toTenths) {
    return new Interval(tenths(fromTenths), tenths(toTenths));
  }

  private static long tenths(int tenths) {
    return tenths * (SECOND / 10);
  }

  /// One operation of a history made by hand.
  static Operation operation(int index, String function, Outcome outcome, long at, long took) {
    return new Operation(
        index,
        index,
        function,
        Value.nil(),
        Value.nil(),
        outcome,
        at,
        took == RunReport.NEVER ? took : at + took,
        2 * index,
        took == RunReport.NEVER ? Operation.NEVER : 2 * index + 1);
  }
}
