package dev.labrys.synthetic;

import dev.labrys.history.History;
import dev.labrys.history.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Histories that are small, and hard for a search that tries one order after the other. The
/// verdict follows from how they are made, and is the same for every size and seed.
public enum Adversary {
  /// A value is read, then another, then the first again, among many concurrent writes of values
  /// that nobody reads. Not linearizable: the first value was written once, before all reads.
  ABA(ObjectKind.REGISTER, Fit.NOT_LINEARIZABLE, RegisterAdversary::aba),

  /// Concurrent writes of two values by turns, and reads that see them by turns, once more often
  /// than there are writes. Not linearizable: each read needs a write since the read before.
  ALTERNATE(ObjectKind.REGISTER, Fit.NOT_LINEARIZABLE, RegisterAdversary::alternate),

  /// Like [#ALTERNATE], but with as many reads as writes. Linearizable.
  ALTERNATE_ENOUGH(ObjectKind.REGISTER, Fit.LINEARIZABLE, RegisterAdversary::alternateEnough),

  /// Writes of unknown outcome at the very beginning, whose values are read at the very end, after
  /// many writes that returned. Linearizable: each takes effect right before it is read.
  CRASH_LATE(ObjectKind.REGISTER, Fit.LINEARIZABLE, RegisterAdversary::crashLate),

  /// Acquisitions and releases of unknown outcome, then as many acquisitions that succeed, with no
  /// release. Linearizable: before each of them, one of the unknown releases took effect.
  LOCK_CRASH(ObjectKind.MUTEX, Fit.LINEARIZABLE, ContainerAdversary::lockCrash),

  /// Like [#LOCK_CRASH] with one acquisition more. Not linearizable: there are too few releases.
  LOCK_CRASH_ONCE_MORE(
      ObjectKind.MUTEX, Fit.NOT_LINEARIZABLE, ContainerAdversary::lockCrashOnceMore),

  /// Concurrent enqueues, then dequeues one after the other. Linearizable: the elements were put in
  /// in the order in which they come out.
  QUEUE_BURST(ObjectKind.QUEUE, Fit.LINEARIZABLE, ContainerAdversary::queueBurst),

  /// Two bursts of enqueues, then dequeues one after the other that give out an element of the
  /// second burst before the last one of the first. Not linearizable.
  QUEUE_BURST_TORN(ObjectKind.QUEUE, Fit.NOT_LINEARIZABLE, ContainerAdversary::queueBurstTorn),

  /// Additions of unknown outcome, and a read of the total. Linearizable: some of them make that
  /// total. To find them is the problem of the subset sum.
  SUBSET_SUM(ObjectKind.COUNTER, Fit.LINEARIZABLE, ContainerAdversary::subsetSum),

  /// Like [#SUBSET_SUM], but all additions are even and the total is odd. Not linearizable.
  SUBSET_SUM_ODD(ObjectKind.COUNTER, Fit.NOT_LINEARIZABLE, ContainerAdversary::subsetSumOdd),

  /// Concurrent cas that are the edges of a graph, of which all succeed: an order is a path that
  /// takes each edge once. Linearizable: the edges are those of a walk.
  EULER(ObjectKind.CAS_REGISTER, Fit.LINEARIZABLE, EulerAdversary::euler),

  /// Like [#EULER], but the walk was closed and one of its edges is turned round. Not linearizable:
  /// one node is entered twice more often than it is left.
  EULER_TURNED(ObjectKind.CAS_REGISTER, Fit.NOT_LINEARIZABLE, EulerAdversary::eulerTurned),

  /// Like [#EULER], with transactions that read one node and write another. Linearizable.
  EULER_TRANSACTIONS(
      ObjectKind.MULTI_REGISTER, Fit.LINEARIZABLE, EulerAdversary::eulerTransactions),

  /// Like [#EULER_TURNED], with transactions. Not linearizable.
  EULER_TRANSACTIONS_TURNED(
      ObjectKind.MULTI_REGISTER, Fit.NOT_LINEARIZABLE, EulerAdversary::eulerTransactionsTurned);

  /// The bounds of the size of an adversarial history.
  public static final int SMALLEST = 2;

  public static final int LARGEST = 100_000;

  private enum Fit {
    LINEARIZABLE,
    NOT_LINEARIZABLE
  }

  /// Writes the history of a family.
  interface Author {
    void write(Script script, int size, Dice dice);
  }

  private final ObjectKind kind;
  private final Fit fit;

  // A method reference without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Author author;

  Adversary(ObjectKind kind, Fit fit, Author author) {
    this.kind = kind;
    this.fit = fit;
    this.author = author;
  }

  /// The name by which users know it: `crash-late` …
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The object whose histories these are.
  public ObjectKind kind() {
    return kind;
  }

  public boolean isLinearizable() {
    return fit == Fit.LINEARIZABLE;
  }

  /// The history of this family that `size` and `seed` say.
  ///
  /// @param size how many operations overlap; what a naive search costs grows exponentially with it
  public History make(int size, Seed seed) {
    if (size < SMALLEST || size > LARGEST) {
      throw new IllegalArgumentException(
          "%s: size %d is not between %d and %d".formatted(label(), size, SMALLEST, LARGEST));
    }
    Script script = new Script();
    author.write(script, size, new Dice(seed.stream("synthetic.adversary")));
    return script.build();
  }

  /// The family with this [#label].
  ///
  /// @throws IllegalArgumentException if there is no such family, naming those that exist
  public static Adversary named(String label) {
    for (Adversary adversary : values()) {
      if (adversary.label().equals(label)) {
        return adversary;
      }
    }
    throw new IllegalArgumentException(
        "no adversarial family '%s'; there are: %s"
            .formatted(
                label,
                Arrays.stream(values()).map(Adversary::label).collect(Collectors.joining(", "))));
  }
}
