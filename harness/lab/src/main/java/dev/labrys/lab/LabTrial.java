package dev.labrys.lab;

import dev.labrys.cluster.sim.InvariantViolation;
import dev.labrys.cluster.sim.Observer;
import dev.labrys.cluster.sim.Trace;
import dev.labrys.cluster.sim.TraceSink;
import java.util.List;

/// Runs one test from one seed, and says how it ended.
///
/// A run that fails is run a second time, by one who takes notes: keeping them in every run would
/// cost more than repeating a few.
public final class LabTrial implements LabSuite.Trial {
  private final LabOptions options;

  public LabTrial(LabOptions options) {
    this.options = options;
  }

  @Override
  public LabResult run(LabTest test, LabSeed seed) {
    LabResult result = play(test, seed, List.of(), new Story());
    if (result.isPassed()) {
      return result;
    }
    Story story = new Story();
    return same(result, play(test, seed, List.of(Trace.to(story)), story));
  }

  /// The same, while `sink` is told all that happens.
  public LabResult run(LabTest test, LabSeed seed, TraceSink sink) {
    Story story = new Story();
    return play(test, seed, List.of(Trace.to(sink), Trace.to(story)), story);
  }

  private static LabResult same(LabResult first, LabResult second) {
    if (first.ending() instanceof LabResult.Failed one
        && second.ending() instanceof LabResult.Failed other
        && one.reason().equals(other.reason())
        && first.cost().equals(second.cost())) {
      return second;
    }
    throw new IllegalStateException(
        "%s with seed %s ended differently when it was repeated: %s, then %s"
            .formatted(first.test(), first.seed(), first.ending(), second.ending()));
  }

  private LabResult play(LabTest test, LabSeed seed, List<Observer> notes, Story story) {
    LabRun run = new LabRun(test, seed, options, notes);
    LabResult.Ending ending;
    try {
      test.script().play(run);
      ending = new LabResult.Passed();
    } catch (LabFailure | InvariantViolation failure) {
      ending = new LabResult.Failed(reason(failure), story.text(run.simulation()));
    } catch (RuntimeException thrown) {
      // Whatever the servers throw at us is theirs to answer for.
      ending = new LabResult.Failed(thrown.toString(), story.text(run.simulation()));
    }
    return new LabResult(test, seed, ending, run.cost());
  }

  private static String reason(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
