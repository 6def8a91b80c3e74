package dev.labrys.report;

import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All that the page of a run shows: what was asked for, what happened, and what was made of it.
///
/// Every time is in nanoseconds since the start of the run, on the clock of its history. Texts may
/// be anything: nodes and histories are not trusted, and what they say is shown, never obeyed.
/// Latencies and throughput are not here, as the history has them: see [Latencies].
///
/// @param run what was asked for
/// @param conclusion the verdict on the whole run
/// @param findings what each checker said, in the order in which they are to be shown
/// @param history what the clients saw
/// @param faults what the nemesis did, in the order of the schedule
/// @param nodes in order of their names
/// @param reigns who led, in order of time
/// @param availability how well the system as a whole served
/// @param stalls when the machine that ran it all stood still
/// @param setup with what it was done
public record RunReport(
    Run run,
    Conclusion conclusion,
    List<Finding> findings,
    History history,
    List<Fault> faults,
    List<Node> nodes,
    List<Reign> reigns,
    Availability availability,
    Stalls stalls,
    Setup setup) {

  /// A time that never came, such as the healing of a fault that was missed.
  public static final long NEVER = Operation.NEVER_TIME;

  public RunReport {
    findings = List.copyOf(findings);
    faults = List.copyOf(faults);
    nodes = List.copyOf(nodes);
    reigns = List.copyOf(reigns);
  }

  /// What was asked for.
  ///
  /// @param name of the run, as its folder has it
  /// @param started on the wall clock
  /// @param system what was tested: `labrys-raft`
  /// @param deployment where it ran: `processes`, `containers`, `simulation`
  /// @param nodes how many there were
  /// @param workload what clients did, in the words of the command line
  /// @param faults what was to go wrong, in the words of the command line; empty for nothing
  /// @param seed as text that the command line takes
  /// @param durationNanos how long it ran, from the first operation to the last answer
  /// @param replay the command that does it again
  /// @param replayFaults the command that does the same faults again, whatever the plan was; empty
  ///   if there were none
  public record Run(
      String name,
      Instant started,
      String system,
      String deployment,
      int nodes,
      String workload,
      String faults,
      String seed,
      long durationNanos,
      String replay,
      String replayFaults) {}

  /// The verdict on the whole run.
  ///
  /// @param status the worst of all that was found
  /// @param reasons sentences, the most important first; at least one
  public record Conclusion(Status status, List<String> reasons) {
    public Conclusion {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a run that is " + status + " needs a reason");
      }
    }
  }

  /// What one checker said.
  public sealed interface Finding {
    /// The name users know the checker by.
    String checker();

    Status status();

    /// How long it took.
    long nanos();

    /// A verdict with its proof or counterexample, which the page shows. The history judged may be
    /// a part of the run's, or the same with other keys; its operations keep their indices.
    record Judged(Judgement judgement) implements Finding {
      @Override
      public String checker() {
        return judgement.checker();
      }

      @Override
      public Status status() {
        return switch (judgement.verdict()) {
          case Verdict.Valid valid -> Status.VALID;
          case Verdict.Invalid invalid -> Status.INVALID;
          case Verdict.Undecided undecided -> Status.UNKNOWN;
        };
      }

      @Override
      public long nanos() {
        return judgement.verdict().effort().nanos();
      }
    }

    /// A verdict in words.
    ///
    /// @param reason why, in a sentence
    record Stated(String checker, Status status, String reason, long nanos) implements Finding {}
  }

  /// How a fault of the schedule ended.
  public enum Fate {
    /// It was brought about, and undone.
    HEALED,
    /// It was brought about, and was there until the run ended.
    LASTED,
    /// It did not happen: there was nobody to hit, or this cluster can't be hurt that way.
    MISSED,
    /// It could not be brought about, or not undone, or not wholly.
    FAILED
  }

  /// One fault of the schedule, and what was really done.
  ///
  /// @param text what was done, as a schedule says it
  /// @param targets whom it hit, in words; empty if that is nobody or not known
  /// @param beginsNanos when it was begun, or was to begin
  /// @param inForceNanos when it was there; [#NEVER] if it never was
  /// @param healingNanos when undoing it began; [#NEVER] if that never happened
  /// @param healedNanos when nothing of it was left; [#NEVER] if that never came
  /// @param reason why it was missed or failed; else empty
  public record Fault(
      String text,
      String targets,
      long beginsNanos,
      long inForceNanos,
      long healingNanos,
      long healedNanos,
      Fate fate,
      String reason) {}

  /// A node of the cluster: how it was, and what it wrote.
  ///
  /// @param name such as `n1`
  /// @param stretches in order of time, without overlap; gaps are shown as not known
  /// @param log in order of time
  public record Node(String name, List<Stretch> stretches, List<LogLine> log) {
    public Node {
      stretches = List.copyOf(stretches);
      log = List.copyOf(log);
    }
  }

  /// How a node was for some time.
  public record Stretch(Condition condition, Interval interval) {}

  /// How a node can be.
  public enum Condition {
    /// It answers.
    SERVES,
    /// It runs, and does not answer.
    SILENT,
    /// It runs, and its processes are stopped.
    PAUSED,
    /// It does not run.
    DOWN
  }

  /// A line that a node wrote.
  public record LogLine(long timeNanos, Level level, String text) {}

  /// How much a log line matters.
  public enum Level {
    ERROR,
    WARNING,
    INFO,
    DEBUG
  }

  /// Some time of the run.
  public record Interval(long fromNanos, long toNanos) {
    public Interval {
      if (toNanos < fromNanos) {
        throw new IllegalArgumentException(
            "an interval can't end at %d ns, before it begins at %d ns"
                .formatted(toNanos, fromNanos));
      }
    }

    /// How long it is.
    public long nanos() {
      return toNanos - fromNanos;
    }
  }

  /// That `node` led `term`, as far as was seen.
  public record Reign(String node, long term, Interval interval) {}

  /// How well the system as a whole served.
  public sealed interface Availability {

    /// It was measured.
    ///
    /// @param outages when no operation succeeded for long, in order of time
    /// @param recoveries after which fault it took how long to serve again
    /// @param boundNanos a recovery that takes longer is a failure; [#NEVER] for no bound
    record Measured(List<Interval> outages, List<Recovery> recoveries, long boundNanos)
        implements Availability {
      public Measured {
        outages = List.copyOf(outages);
        recoveries = List.copyOf(recoveries);
      }

      /// The longest outage, if there was any.
      public Optional<Interval> longestOutage() {
        return outages.stream().max(Comparator.comparingLong(Interval::nanos));
      }

      /// Whether every recovery kept within the bound.
      public boolean holds() {
        return recoveries.stream().allMatch(recovery -> recovery.nanos() <= boundNanos);
      }
    }

    /// It was not measured.
    ///
    /// @param reason why, in a sentence
    record Unmeasured(String reason) implements Availability {}
  }

  /// How long the system took to serve again after a fault.
  ///
  /// @param fault its place in [RunReport#faults]
  /// @param nanos from its healing to the first success; [#NEVER] if none came
  public record Recovery(int fault, long nanos) {}

  /// When the machine that ran it all stood still.
  ///
  /// @param longestNanos the longest, be it listed or not
  /// @param intervals those long enough to matter
  public record Stalls(long longestNanos, List<Interval> intervals) {
    public Stalls {
      intervals = List.copyOf(intervals);
    }

    public static Stalls none() {
      return new Stalls(0, List.of());
    }
  }

  /// With what the run was done.
  ///
  /// @param configuration every option in force, in the order to be shown
  /// @param versions of all that took part
  /// @param remarks sentences for the reader: what was left out, what to be careful with
  public record Setup(List<Setting> configuration, List<Setting> versions, List<String> remarks) {
    public Setup {
      configuration = List.copyOf(configuration);
      versions = List.copyOf(versions);
      remarks = List.copyOf(remarks);
    }
  }

  /// A name and what it was set to.
  public record Setting(String key, String value) {}
}
