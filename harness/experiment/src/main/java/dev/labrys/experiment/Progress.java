package dev.labrys.experiment;

import dev.labrys.history.Outcome;
import dev.labrys.nemesis.Incident;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// How far a run is, for those who watch it. Any thread may look, and any may report.
public final class Progress {
  private final LongAdder ok = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final Map<Integer, String> faults = new ConcurrentSkipListMap<>();
  private volatile String step = "";
  private volatile long beganNanos;
  private volatile boolean isLoaded;
  private volatile String anomaly = "";
  private volatile Supplier<Optional<Leader>> leader = Optional::empty;

  /// Who leads, as far as it is known.
  public record Leader(String node, long term) {}

  /// One look.
  ///
  /// @param step what is being done, in words
  /// @param loadNanos how long clients have been at work; 0 before
  /// @param faults that are in force
  /// @param anomaly the last thing that looked wrong; empty if nothing did
  public record Look(
      String step,
      long loadNanos,
      long ok,
      long failed,
      long unknown,
      Optional<Leader> leader,
      List<String> faults,
      String anomaly) {}

  public Look look() {
    return new Look(
        step,
        isLoaded ? System.nanoTime() - beganNanos : 0,
        ok.sum(),
        failed.sum(),
        unknown.sum(),
        leader.get(),
        List.copyOf(faults.values()),
        anomaly);
  }

  void step(String words) {
    step = words;
  }

  void loadBegins(Supplier<Optional<Leader>> known) {
    leader = known;
    beganNanos = System.nanoTime();
    isLoaded = true;
  }

  void count(Outcome outcome) {
    switch (outcome) {
      case Outcome.Ok _ -> ok.increment();
      case Outcome.Failed _ -> failed.increment();
      case Outcome.Unknown _ -> unknown.increment();
    }
  }

  /// How many operations are over.
  long completed() {
    return ok.sum() + failed.sum() + unknown.sum();
  }

  void happened(Incident incident) {
    switch (incident.phase()) {
      case BEGINS -> faults.put(incident.entry(), incident.fault());
      case HEALED -> faults.remove(incident.entry());
      case FAILED -> anomaly("fault failed: " + incident.fault() + ": " + incident.detail());
      case MISSED, IN_FORCE, HEALING -> {}
    }
  }

  void anomaly(String words) {
    anomaly = words;
  }
}
