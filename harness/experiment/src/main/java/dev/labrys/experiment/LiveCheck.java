package dev.labrys.experiment;

import dev.labrys.checker.Models;
import dev.labrys.checker.Status;
import dev.labrys.checker.StreamingChecker;
import dev.labrys.checker.Violation;
import dev.labrys.history.Event;
import dev.labrys.history.Value;
import dev.labrys.workload.Scribe;
import dev.labrys.workload.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Checks a history while it is being made, on a thread of its own.
///
/// It only warns: what it can't keep up with, or has no model for, is judged at the end, as is all
/// else.
final class LiveCheck implements Consumer<Event>, AutoCloseable {
  private static final int MOST_WAITING = 1 << 18;
  private static final long LOOK_MILLIS = 50;
  private static final long MEMORY_PER_KEY = 32 << 20;

  /// What all keys together may hold, as a share of the heap: a run may be of any length.
  private static final int SHARE_OF_HEAP = 8;

  private static final int EVENTS_BETWEEN_SUMS = 10_000;

  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Progress progress;
  private final Runnable violated;
  private final Map<String, StreamingChecker> checkers = new HashMap<>();
  private final Set<String> unchecked = new HashSet<>();
  private final Map<Integer, String> modelOf = new HashMap<>();
  private final String usualModel;
  private final Thread thread;
  private final long mostBytes;
  private int events;
  private volatile boolean isOver;

  /// @param violated called once for each model that is violated, on the thread of the check
  LiveCheck(Workload workload, Progress progress, Runnable violated) {
    this(workload, progress, violated, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /// @param mostBytes that all keys together may hold
  LiveCheck(Workload workload, Progress progress, Runnable violated, long mostBytes) {
    this.mostBytes = mostBytes;
    this.progress = progress;
    this.violated = violated;
    this.usualModel = workload.judges().getFirst().model();
    workload.judges().stream()
        .filter(judge -> !judge.checker().equals(Workload.LINEARIZABLE))
        .forEach(judge -> unchecked.add(judge.model()));
    this.thread = Thread.ofPlatform().daemon().name("live check").start(this::work);
  }

  @Override
  public void accept(Event event) {
    if (!isOver && !waiting.offer(event)) {
      // A gap would make nonsense of all that follows.
      putOff("does not keep up");
    }
  }

  private void putOff(String why) {
    isOver = true;
    progress.anomaly("checking %s, and is put off to the end".formatted(why));
  }

  private void work() {
    try {
      while (!isOver) {
        Event event = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (event != null) {
          check(event);
          bound();
        }
      }
    } catch (InterruptedException stop) {
      // Closed.
    } catch (RuntimeException | OutOfMemoryError bug) {
      progress.anomaly("checking meanwhile has failed: " + bug);
    }
    isOver = true;
    waiting.clear();
    checkers.clear();
  }

  private void bound() {
    events++;
    if (events % EVENTS_BETWEEN_SUMS == 0
        && checkers.values().stream().mapToLong(StreamingChecker::bytes).sum() > mostBytes) {
      putOff("takes too much memory");
    }
  }

  private void check(Event event) {
    String model =
        switch (event) {
          case Event.Invoked invoked -> {
            String named = modelOf(invoked);
            modelOf.put(invoked.process(), named);
            yield named;
          }
          case Event.Completed completed -> modelOf.remove(completed.process());
          case Event.FaultStarted _, Event.FaultHealed _, Event.Note _ -> null;
        };
    StreamingChecker checker = model == null ? null : checker(model);
    if (checker == null) {
      return;
    }
    Optional<Violation> violation = checker.accept(event);
    if (violation.isPresent()) {
      progress.anomaly("%s: %s".formatted(model, violation.get().reason()));
      violated.run();
    }
    if (checker.status() != Status.VALID) {
      checkers.remove(model);
      unchecked.add(String.valueOf(model));
    }
  }

  private String modelOf(Event.Invoked invoked) {
    return invoked.extras().entries().get(Scribe.MODEL) instanceof Value.Text(String named)
        ? named
        : usualModel;
  }

  private @Nullable StreamingChecker checker(String model) {
    if (unchecked.contains(model)) {
      return null;
    }
    try {
      return checkers.computeIfAbsent(
          model,
          name ->
              StreamingChecker.of(Models.named(name))
                  .withMemoryBytesPerKey(MEMORY_PER_KEY)
                  .lookingAheadEvery(64));
    } catch (IllegalArgumentException hasNoModel) {
      unchecked.add(model);
      return null;
    }
  }

  @Override
  public void close() {
    isOver = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
