package dev.labrys.synthetic;

import static dev.labrys.synthetic.ObjectKind.APPEND;
import static dev.labrys.synthetic.ObjectKind.BANK;
import static dev.labrys.synthetic.ObjectKind.CAS_REGISTER;
import static dev.labrys.synthetic.ObjectKind.COUNTER;
import static dev.labrys.synthetic.ObjectKind.FENCED_MUTEX;
import static dev.labrys.synthetic.ObjectKind.GROW_ONLY_SET;
import static dev.labrys.synthetic.ObjectKind.KV;
import static dev.labrys.synthetic.ObjectKind.KV_APPEND;
import static dev.labrys.synthetic.ObjectKind.KV_STRING;
import static dev.labrys.synthetic.ObjectKind.LIST_APPEND;
import static dev.labrys.synthetic.ObjectKind.LOG;
import static dev.labrys.synthetic.ObjectKind.MULTI_REGISTER;
import static dev.labrys.synthetic.ObjectKind.MUTEX;
import static dev.labrys.synthetic.ObjectKind.QUEUE;
import static dev.labrys.synthetic.ObjectKind.REENTRANT_MUTEX;
import static dev.labrys.synthetic.ObjectKind.REGISTER;
import static dev.labrys.synthetic.ObjectKind.SET;
import static dev.labrys.synthetic.ObjectKind.STACK;
import static dev.labrys.synthetic.ObjectKind.UNIQUE_ID;
import static dev.labrys.synthetic.ObjectKind.UNORDERED_QUEUE;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What can be wrong with a history. Each corruption makes the smallest change to a valid history
/// after which it certainly is not linearizable; why, is said with each.
///
/// "Before" means: returned before the other was called, and not of unknown outcome. Operations of
/// unknown outcome count as if they had happened wherever that would save the history.
public enum Corruption {
  /// A read returns a value that was overwritten before it began. Every write of that value that
  /// was called before the read returned is before another write, which is before the read; so at
  /// the read, whichever value is held was written later.
  STALE_READ(RegisterDamage::staleRead, REGISTER, CAS_REGISTER, KV, MULTI_REGISTER),

  /// A read returns a value that is written only by operations called after the read returned.
  FUTURE_READ(RegisterDamage::futureRead, REGISTER, CAS_REGISTER, KV, MULTI_REGISTER),

  /// A read returns what no operation ever wrote, and what is not there initially.
  PHANTOM_READ(
      PhantomDamage::phantomRead,
      REGISTER,
      CAS_REGISTER,
      KV,
      KV_APPEND,
      APPEND,
      LIST_APPEND,
      KV_STRING,
      MULTI_REGISTER,
      QUEUE,
      UNORDERED_QUEUE,
      STACK,
      SET,
      GROW_ONLY_SET,
      LOG),

  /// Two cas succeed from the same value, which was written once and which both replace: after the
  /// first of them it never comes back.
  SPLIT_CAS(RegisterDamage::splitCas, CAS_REGISTER, KV),

  /// A read misses an update that is before it, and that nothing undoes. Of lists: it shows an
  /// element less often than it was appended before. Of texts: no put can be between the append and
  /// the read. Of counters, where all additions are positive: it returns less than the additions
  /// before it make. Of logs: it finds nothing where a record was put before.
  LOST_UPDATE(Corruption::lostUpdate, KV_APPEND, APPEND, LIST_APPEND, KV_STRING, COUNTER, LOG),

  /// A read shows two elements of a list in an order in which they were not appended: each was
  /// appended once, and the append of the one shown second is before that of the other.
  REORDERED_APPEND(ListDamage::reorderedAppend, KV_APPEND, APPEND, LIST_APPEND),

  /// An element is taken out more often than it was put in.
  DOUBLE_DEQUEUE(ContainerDamage::doubleDequeue, QUEUE, UNORDERED_QUEUE, STACK),

  /// The only operation that took out an element, put in once, turns out to have failed, and no
  /// operation of unknown outcome could have taken it instead. Yet the container is seen empty
  /// after it was put in; or, from a queue, an element comes out that was put in after it.
  LOST_ELEMENT(ContainerDamage::lostElement, QUEUE, UNORDERED_QUEUE, STACK),

  /// Two operations swap the elements that they took. Of a queue: the element put in first comes
  /// out last, though both were there. Of a stack: an element comes out while one that was put on
  /// top of it is still there.
  REORDERED_DEQUEUE(ContainerDamage::reorderedDequeue, QUEUE, STACK),

  /// A release turns out to have failed, yet the lock is acquired again. Of a plain lock: up to the
  /// return of that acquisition, there were two more acquisitions than releases were called. Of
  /// locks that only their owner releases: two owners acquired it, and the first did not release
  /// between, whichever was first.
  DOUBLE_LOCK(LockDamage::doubleLock, MUTEX, REENTRANT_MUTEX, FENCED_MUTEX),

  /// Two operations return the same id, or the same fencing token.
  DUPLICATE_ID(IdentityDamage::duplicateId, UNIQUE_ID, FENCED_MUTEX),

  /// A read of a whole set misses an element whose add is before it, and that no operation called
  /// before the read returned may have removed.
  LOST_SET_ELEMENT(SetDamage::lostSetElement, SET, GROW_ONLY_SET),

  /// The total is wrong. Of a counter: a read returns more than all additions make that were called
  /// before it returned. Of a bank: a read shows more money than there ever is.
  WRONG_TOTAL(SumDamage::wrongTotal, COUNTER, BANK),

  /// An append returns an offset larger than the number of records that can be before its own.
  SKIPPED_OFFSET(LogDamage::skippedOffset, LOG);

  // A method reference without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Damage damage;

  // Made by Set.copyOf.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<ObjectKind> kinds;

  Corruption(Damage damage, ObjectKind... kinds) {
    this.damage = damage;
    this.kinds = Set.copyOf(List.of(kinds));
  }

  /// The name by which users know it: `stale-read` …
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The corruption with this [#label].
  ///
  /// @throws IllegalArgumentException if there is no such corruption, naming those that exist
  public static Corruption named(String label) {
    for (Corruption corruption : values()) {
      if (corruption.label().equals(label)) {
        return corruption;
      }
    }
    throw new IllegalArgumentException(
        "no corruption '%s'; there are: %s".formatted(label, labels(List.of(values()))));
  }

  /// The corruptions that histories of `kind` can have.
  public static List<Corruption> of(ObjectKind kind) {
    return Arrays.stream(values()).filter(corruption -> corruption.appliesTo(kind)).toList();
  }

  public boolean appliesTo(ObjectKind kind) {
    return kinds.contains(kind);
  }

  /// `history`, changed at a place that `seed` chooses.
  ///
  /// @param history a linearizable history of an object of `kind`
  /// @throws IllegalArgumentException if this does not apply to `kind`, or the history has no place
  ///   for it
  public Corrupted apply(ObjectKind kind, History history, Seed seed) {
    return find(kind, history, seed)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s: no place for it in this history of %d operations; try more operations"
                    .formatted(label(), history.size())));
  }

  /// Like [#apply], but nothing if the history has no place for it.
  public Optional<Corrupted> find(ObjectKind kind, History history, Seed seed) {
    if (!appliesTo(kind)) {
      throw new IllegalArgumentException(
          "%s does not apply to %s; there are: %s"
              .formatted(label(), kind.label(), labels(of(kind))));
    }
    Dice dice = new Dice(seed.stream("synthetic.corruption"));
    Map<Value, List<Operation>> byKey = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
    }
    return Damage.anywhere(
            List.copyOf(byKey.values()), dice, operations -> damage.find(kind, operations, dice))
        .map(change -> changed(history, change));
  }

  private Corrupted changed(History history, Damage.Change change) {
    List<Operation> operations = new ArrayList<>(history.operations());
    List<Integer> places = new ArrayList<>();
    for (Operation replacement : change.replacements()) {
      operations.set(replacement.index(), replacement);
      places.add(replacement.index());
    }
    return new Corrupted(
        new History(operations, history.annotations()), this, change.sentence(), places);
  }

  private static Optional<Damage.Change> lostUpdate(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    return switch (kind) {
      case KV_STRING -> TextDamage.lostUpdate(kind, operations, dice);
      case COUNTER -> SumDamage.lostUpdate(kind, operations, dice);
      case LOG -> LogDamage.lostUpdate(kind, operations, dice);
      default -> ListDamage.lostUpdate(kind, operations, dice);
    };
  }

  private static String labels(List<Corruption> corruptions) {
    return corruptions.stream().map(Corruption::label).collect(Collectors.joining(", "));
  }
}
