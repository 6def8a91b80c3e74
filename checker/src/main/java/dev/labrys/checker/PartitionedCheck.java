package dev.labrys.checker;

import dev.labrys.checker.Verdict.Certificate;
import dev.labrys.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One check: decides the partitions of a history and stops at the first contradiction.
///
/// In rounds: first each partition gets a little effort, then those still undecided more, the last
/// round all that is left. So a hard partition does not keep an easy contradiction waiting. Each
/// round starts anew, which costs little, since the rounds grow fast, and saves keeping the tables
/// of all partitions.
///
/// @param <S> the state of the model
final class PartitionedCheck<S> {
  private static final long[] ROUNDS = {1 << 13, 1 << 19, Long.MAX_VALUE};

  private final PartitionChecker<S> checker;
  private final List<Partition> partitions;
  private final Limits limits;
  private final AtomicReferenceArray<@Nullable Decision> decisions;
  private Verdict.Effort effort = new Verdict.Effort(0, 0, 0, 0);

  PartitionedCheck(PartitionChecker<S> checker, List<Partition> partitions, Limits limits) {
    this.checker = checker;
    this.partitions = partitions;
    this.limits = limits;
    this.decisions = new AtomicReferenceArray<>(partitions.size());
  }

  void run(int threads, long startNanos, long operations) {
    for (long effortPerPartition : ROUNDS) {
      int[] order = undecided();
      if (threads == 1 || order.length == 1) {
        for (int index : order) {
          decide(index, effortPerPartition);
        }
      } else if (order.length > 0) {
        runOnThreads(threads, order, effortPerPartition);
      }
    }
    long configurations = 0;
    for (int i = 0; i < partitions.size(); i++) {
      Decision decision = decisions.get(i);
      configurations += decision == null ? 0 : decision.configurations();
    }
    effort =
        new Verdict.Effort(
            operations, partitions.size(), configurations, System.nanoTime() - startNanos);
  }

  /// The partitions without a final answer, the largest first.
  private int[] undecided() {
    return IntStream.range(0, partitions.size())
        .filter(i -> {
          Decision decision = decisions.get(i);
          return decision == null || decision.answer() instanceof Answer.Undecided;
        })
        .boxed()
        .sorted(Comparator.comparingInt(i -> -partitions.get(i).size()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void runOnThreads(int threads, int[] order, long effortPerPartition) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "labrys-checker");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int index : order) {
        tasks.add(pool.submit(() -> decide(index, effortPerPartition)));
      }
      for (Future<?> task : tasks) {
        await(task);
      }
    } finally {
      pool.shutdownNow();
      pool.close();
    }
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException interruption) {
      // The partitions left undecided make the verdict *undecided*.
      Thread.currentThread().interrupt();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  private void decide(int index, long effort) {
    if (limits.isOver()) {
      return;
    }
    Decision decision = checker.decide(partitions.get(index), limits, effort);
    decisions.set(index, decision);
    if (decision.answer() instanceof Answer.Contradiction) {
      limits.isCancelled().set(true);
    }
  }

  Status status() {
    Status status = Status.VALID;
    for (int i = 0; i < partitions.size(); i++) {
      Decision decision = decisions.get(i);
      if (decision == null) {
        status = status.worse(Status.UNKNOWN);
      } else {
        status =
            status.worse(
                switch (decision.answer()) {
                  case Answer.Linearizable valid -> Status.VALID;
                  case Answer.Contradiction invalid -> Status.INVALID;
                  case Answer.Undecided none -> Status.UNKNOWN;
                  case Answer.GaveUp none -> Status.UNKNOWN;
                });
      }
    }
    return status;
  }

  Verdict verdict() {
    Verdict undecided = null;
    List<Certificate> certificates = new ArrayList<>(partitions.size());
    for (int i = 0; i < partitions.size(); i++) {
      Partition partition = partitions.get(i);
      Decision decision = decisions.get(i);
      if (decision == null) {
        undecided = undecided(partition, limits.reason(), 0, undecided);
        continue;
      }
      switch (decision.answer()) {
        case Answer.Linearizable valid ->
            certificates.add(certificate(partition, valid.order(), decision.procedure()));
        case Answer.Contradiction invalid -> {
          return new Verdict.Invalid(
              new Explainer<>(checker, limits).explain(partition, invalid, decision), effort);
        }
        case Answer.GaveUp gaveUp ->
            undecided = undecided(partition, gaveUp.bound(), decision.established(), undecided);
        case Answer.Undecided none ->
            undecided = undecided(partition, limits.reason(), decision.established(), undecided);
      }
    }
    return undecided != null ? undecided : new Verdict.Valid(certificates, effort);
  }

  private Verdict undecided(
      Partition partition, String bound, int established, @Nullable Verdict earlier) {
    return earlier != null
        ? earlier
        : new Verdict.Undecided(bound, partition.key(), established, partition.required(), effort);
  }

  private Certificate certificate(Partition partition, int[] order, String procedure) {
    CertificateVerifier.verify(checker.model(), partition, order);
    List<Operation> operations = new ArrayList<>(order.length);
    for (int index : order) {
      operations.add(partition.operation(index));
    }
    return new Certificate(partition.key(), operations, procedure);
  }
}
