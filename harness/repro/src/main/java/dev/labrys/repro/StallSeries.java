package dev.labrys.repro;

import dev.labrys.cluster.Capability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Plays scripts on real clusters, several at the same time.
public final class StallSeries {
  private final Opener opener;
  private final int atOnce;
  private final Consumer<StallOutcome> listener;
  private final AtomicInteger clusters = new AtomicInteger();

  /// Opens a theatre whose nodes behave as `raft` says, each `key=value`.
  @FunctionalInterface
  public interface Opener {
    /// Opens one under a name that no other of this run has.
    Theatre open(String name, List<String> raft) throws IOException;
  }

  /// @param atOnce how many clusters there are at the same time
  /// @param listener told of each outcome when it is there, one at a time
  public StallSeries(Opener opener, int atOnce, Consumer<StallOutcome> listener) {
    this.opener = opener;
    this.atOnce = atOnce;
    this.listener = listener;
  }

  /// Each batch on a cluster of its own, one setting after the other; all settings of a batch want
  /// the same Raft.
  ///
  /// @return what became of them, in the order of the batches
  /// @throws IOException if a cluster can't be made or ended
  /// @throws StallScriptException if a script can't be played
  /// @throws UnsupportedOperationException if nodes can't be frozen here, saying why
  /// @throws InterruptedException if this thread is interrupted; all clusters are ended by then
  public List<StallOutcome> play(List<List<StallSetting>> batches)
      throws IOException, InterruptedException {
    List<Future<List<StallOutcome>>> plays = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().name("labrys-stall-", 1).factory())) {
      for (List<StallSetting> batch : batches) {
        String name = "cluster-" + clusters.incrementAndGet();
        plays.add(threads.submit(() -> play(name, batch)));
      }
      return collect(plays, threads);
    }
  }

  private List<StallOutcome> play(String name, List<StallSetting> batch) throws IOException {
    List<StallOutcome> outcomes = new ArrayList<>();
    try (Theatre theatre = opener.open(name, batch.getFirst().cure().options())) {
      theatre.cluster().capabilities().require(Capability.PAUSE);
      for (StallSetting setting : batch) {
        StallOutcome outcome = StallScript.play(theatre, setting);
        outcomes.add(outcome);
        tell(outcome);
      }
    }
    return outcomes;
  }

  private synchronized void tell(StallOutcome outcome) {
    listener.accept(outcome);
  }

  private static List<StallOutcome> collect(
      List<Future<List<StallOutcome>>> plays, ExecutorService threads)
      throws IOException, InterruptedException {
    List<StallOutcome> all = new ArrayList<>();
    try {
      for (Future<List<StallOutcome>> play : plays) {
        all.addAll(play.get());
      }
      return all;
    } catch (ExecutionException failed) {
      threads.shutdownNow();
      switch (failed.getCause()) {
        case IOException world -> throw new IOException(world.getMessage(), world);
        case StallScriptException stuck ->
            throw new StallScriptException(String.valueOf(stuck.getMessage()), stuck);
        case UnsupportedOperationException impossible ->
            throw new UnsupportedOperationException(impossible.getMessage(), impossible);
        case null, default -> throw new IllegalStateException("a play failed", failed);
      }
    } catch (InterruptedException stop) {
      threads.shutdownNow();
      throw stop;
    }
  }
}
