package dev.labrys.experiment;

import dev.labrys.checker.Status;
import dev.labrys.history.FaultInterval;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.report.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What is found of a run beside what its clients were told: whether it served again, whether it
/// was put to a test at all, and whether the machine and the harness were honest.
final class Findings {
  /// Fewer successes than these prove nothing.
  private static final int FEWEST_SUCCESSES = 10;

  /// A fault shows for so long at least.
  private static final long EFFECT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /// A fault that takes longer than this to come or to go is not the one that was planned.
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(20);

  /// A machine that stood still for so long may have been what a leader was deposed for.
  private static final long STALL_THAT_MATTERS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Experiment experiment;
  private final History history;
  private final Chronicle chronicle;
  private final Service service;

  Findings(Experiment experiment, History history, Chronicle chronicle) {
    this.experiment = experiment;
    this.history = history;
    this.chronicle = chronicle;
    this.service = Service.of(history);
  }

  List<RunReport.Finding> all() {
    List<RunReport.Finding> all = new ArrayList<>();
    chronicle.broken().forEach(promise -> all.add(stated("invariant", Status.INVALID, promise)));
    all.add(recovery());
    all.add(substance());
    all.add(host());
    all.add(harness());
    return all;
  }

  /// Liveness: once all is healed, the cluster serves within a bound. A machine that stood still
  /// meanwhile is an excuse.
  private RunReport.Finding recovery() {
    Long calm = chronicle.phases().get(Notes.Phase.CALM);
    if (calm == null) {
      return stated("recovery", Status.INCONCLUSIVE, "the run ended before everything was healed");
    }
    long due = service.wanted(calm);
    if (due == RunReport.NEVER) {
      return stated(
          "recovery",
          Status.INCONCLUSIVE,
          "nobody asked for anything after the last fault was healed: let clients ask more often,"
              + " or for longer");
    }
    Duration bound = experiment.trouble().recovery();
    long took = service.recovery(calm);
    Optional<RunReport.Interval> lapse = lapse(due + took, bound.toNanos());
    if (took <= bound.toNanos() && lapse.isPresent()) {
      return notLive(
          new RunReport.Interval(due, lapse.get().fromNanos() + bound.toNanos()),
          "it served again, and then nothing succeeded for %s, from %s on"
              .formatted(seconds(lapse.get().nanos()), seconds(lapse.get().fromNanos())));
    }
    if (took <= bound.toNanos()) {
      return stated(
          "recovery",
          Status.VALID,
          "served %s after the last fault was healed; the bound is %s"
              .formatted(seconds(took), seconds(bound.toNanos())));
    }
    long watched = chronicle.endNanos() - due;
    if (took == RunReport.NEVER && watched < bound.toNanos()) {
      return stated(
          "recovery",
          Status.INCONCLUSIVE,
          "nothing succeeded within %s after the last fault was healed, and nobody looked for longer"
              .formatted(seconds(watched)));
    }
    String how =
        took == RunReport.NEVER
            ? "nothing succeeded any more after the last fault was healed, for " + seconds(watched)
            : "it took "
                + seconds(took)
                + " after the last fault was healed until anything"
                + " succeeded";
    return notLive(
        new RunReport.Interval(due, due + bound.toNanos()),
        "%s; the bound is %s".formatted(how, seconds(bound.toNanos())));
  }

  /// The first outage after `time` that is longer than it may be, while clients were at work.
  private Optional<RunReport.Interval> lapse(long time, long bound) {
    long end = chronicle.phases().getOrDefault(Notes.Phase.CLOSING, time);
    return service.outages(time, Math.max(time, end)).stream()
        .filter(outage -> outage.nanos() > bound)
        .findFirst();
  }

  /// A machine that stood still since everything was healed is an excuse, and so is one that nobody
  /// watched.
  ///
  /// @param due from when on, and until when, it should have served
  private RunReport.Finding notLive(RunReport.Interval due, String how) {
    Optional<Notes.Note.Stalled> stall =
        chronicle.stalls().stream()
            .filter(each -> each.fromNanos() + each.nanos() >= due.fromNanos())
            .filter(each -> each.nanos() >= STALL_THAT_MATTERS)
            .findFirst();
    if (stall.isPresent()) {
      return stated(
          "recovery", Status.INCONCLUSIVE, "%s; but %s".formatted(how, words(stall.get())));
    }
    if (!chronicle.isHostKnownUntil(due.toNanos())) {
      return stated(
          "recovery",
          Status.INCONCLUSIVE,
          how + "; but nobody knows whether the host stood still meanwhile");
    }
    return stated("recovery", Status.INVALID, how + step());
  }

  /// At which step it stopped, if that was seen.
  private String step() {
    return chronicle.stuck().isEmpty() ? "" : " (%s)".formatted(chronicle.stuck().getFirst());
  }

  /// Whether anything could have gone wrong.
  private RunReport.Finding substance() {
    List<FaultInterval> faults = FaultInterval.of(history);
    long successes = history.operations().stream().filter(Operation::isOk).count();
    if (successes < FEWEST_SUCCESSES) {
      return stated(
          "substance",
          Status.VACUOUS,
          "only %d of %d operations succeeded, which proves nothing"
              .formatted(successes, history.size()));
    }
    if (!experiment.trouble().isAny()) {
      return stated(
          "substance",
          Status.VALID,
          "%,d operations succeeded; no faults were asked for".formatted(successes));
    }
    long overlapping = overlapping(faults);
    if (overlapping == 0) {
      return stated("substance", Status.VACUOUS, "no operation overlapped a fault");
    }
    long terms = chronicle.reigns().stream().mapToLong(RunReport.Reign::term).distinct().count();
    if (terms < 2 && mayDepose(faults)) {
      return stated(
          "substance",
          Status.VACUOUS,
          "the faults never made another node lead, so the hard part was not tested: let it last"
              + " longer, or aim at the leader");
    }
    return stated(
        "substance",
        Status.VALID,
        "%,d operations succeeded, %,d overlapped one of %d faults, and %d terms were led"
            .formatted(successes, overlapping, faults.size(), terms));
  }

  /// How many operations were under way while a fault was there. A day has a hundred thousand of
  /// either.
  ///
  /// @param faults in order of their beginning
  private long overlapping(List<FaultInterval> faults) {
    TreeMap<Long, Long> lastEndOfThoseBegun = new TreeMap<>();
    long last = Long.MIN_VALUE;
    for (FaultInterval fault : faults) {
      // What happens in a moment, such as a hand-over, shows afterwards.
      last = Math.max(last, Math.max(fault.to(), fault.from() + EFFECT_NANOS));
      lastEndOfThoseBegun.put(fault.from(), last);
    }
    return history.operations().stream()
        .filter(operation -> {
          Map.Entry<Long, Long> begun = lastEndOfThoseBegun.floorEntry(operation.returnTime());
          return begun != null && operation.callTime() <= begun.getValue();
        })
        .count();
  }

  /// Whether one of them should have cost a leader its place, now and then. Timers that stall need
  /// not: what clients ask for keeps followers quiet as well.
  private static boolean mayDepose(List<FaultInterval> faults) {
    return faults.stream()
        .anyMatch(fault ->
            List.of("isolate", "cut", "kill", "pause", "stop", "power-loss")
                .contains(fault.fault().split(":", 2)[0]));
  }

  /// What is proved of answers stays proved whatever the machine did, so this is no verdict by
  /// itself.
  private RunReport.Finding host() {
    Optional<Notes.Note.Stalled> longest = chronicle.longestStall();
    if (!chronicle.isWhole() && chronicle.watched().untilNanos() == 0) {
      return stated(
          "host", Status.INCONCLUSIVE, "the run ended before anybody had looked at the host");
    }
    boolean isHonest = longest.filter(each -> each.nanos() >= STALL_THAT_MATTERS).isEmpty();
    String how =
        isHonest
            ? "the host was honest: longest stall " + millis(chronicle.longestStallNanos())
            : words(longest.get());
    return stated("host", Status.VALID, how + watchedPart());
  }

  /// Of a run whose runner was killed, not all was watched.
  private String watchedPart() {
    return chronicle.isWhole()
        ? ""
        : "; it was watched for the first %s of %s"
            .formatted(seconds(chronicle.watched().untilNanos()), seconds(chronicle.endNanos()));
  }

  private static String words(Notes.Note.Stalled stall) {
    return "the host stood still for %s, %s after the start (%s)"
        .formatted(millis(stall.nanos()), seconds(stall.fromNanos()), stall.cause());
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
  }

  /// Whether the harness did what it was to do.
  private RunReport.Finding harness() {
    if (!chronicle.isWhole()) {
      return stated(
          "harness",
          Status.INCONCLUSIVE,
          "the run did not come to its end: what was recorded until then is judged");
    }
    List<RunReport.Fault> failed = chronicle.failedFaults();
    if (!failed.isEmpty()) {
      return stated(
          "harness",
          Status.INCONCLUSIVE,
          "%d faults could not be brought about or not be healed; the first: %s: %s"
              .formatted(failed.size(), failed.getFirst().text(), failed.getFirst().reason()));
    }
    List<RunReport.Fault> slow = chronicle.faults().stream().filter(Findings::isSlow).toList();
    if (!slow.isEmpty()) {
      return stated(
          "harness",
          Status.INCONCLUSIVE,
          "%d faults took longer than %s to come or to go, as this machine is too slow; the first: %s"
              .formatted(slow.size(), seconds(SLOW_NANOS), slow.getFirst().text()));
    }
    if (!chronicle.shortcomings().isEmpty()) {
      return stated("harness", Status.INCONCLUSIVE, chronicle.shortcomings().getFirst());
    }
    long missed =
        chronicle.faults().stream().filter(fault -> fault.fate() == RunReport.Fate.MISSED).count();
    return stated(
        "harness",
        Status.VALID,
        missed == 0
            ? "every fault was brought about as planned, and healed"
            : "every fault was brought about as planned, and healed, but %d that found nobody to hit"
                .formatted(missed));
  }

  private static boolean isSlow(RunReport.Fault fault) {
    boolean hasCome = fault.inForceNanos() != RunReport.NEVER;
    boolean hasGone = fault.healedNanos() != RunReport.NEVER;
    return (hasCome && fault.inForceNanos() - fault.beginsNanos() > SLOW_NANOS)
        || (hasGone && fault.healedNanos() - fault.healingNanos() > SLOW_NANOS);
  }

  RunReport.Availability availability() {
    long from = chronicle.phases().getOrDefault(Notes.Phase.LOAD, 0L);
    long to = chronicle.phases().getOrDefault(Notes.Phase.CLOSING, chronicle.endNanos());
    List<RunReport.Recovery> recoveries = new ArrayList<>();
    for (int number = 0; number < chronicle.faults().size(); number++) {
      RunReport.Fault fault = chronicle.faults().get(number);
      if (fault.fate() == RunReport.Fate.HEALED && isAloneAt(fault.healedNanos())) {
        recoveries.add(new RunReport.Recovery(number, service.recovery(fault.healedNanos())));
      }
    }
    return new RunReport.Availability.Measured(
        service.outages(from, to), recoveries, experiment.trouble().recovery().toNanos());
  }

  /// Whether no fault is there shortly after `time`: only then a slow recovery is nobody else's.
  private boolean isAloneAt(long time) {
    long until = time + experiment.trouble().recovery().toNanos();
    return chronicle.faults().stream()
        .filter(fault -> fault.fate() != RunReport.Fate.MISSED)
        .noneMatch(fault -> fault.beginsNanos() <= until && fault.healedNanos() > time);
  }

  /// What whoever reads the report should know.
  List<String> remarks() {
    List<String> remarks = new ArrayList<>(chronicle.remarks());
    switch (experiment.cluster().nodes()) {
      case 1 ->
          remarks.add(
              "a single node proves little: nothing is replicated, and a fault that hits it stops"
                  + " all");
      case 2 ->
          remarks.add(
              "two nodes have no minority: a fault that hits either stops both, so it is never"
                  + " tested whether one goes on without the other");
      default -> {}
    }
    return remarks;
  }

  static RunReport.Finding.Stated stated(String checker, Status status, String reason) {
    return new RunReport.Finding.Stated(checker, status, reason, 0);
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
