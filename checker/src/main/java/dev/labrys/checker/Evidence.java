package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.List;

/// What is known, beyond what its client saw, of operations of unknown outcome.
///
/// An unknown operation may take effect at any later time or never, and each such choice doubles
/// the work of a search. Often somebody knows more: a later read saw the value that only this
/// operation writes; the server's log holds its version, or does not; a read-back at the end of the
/// run found nothing. A workload that has such knowledge says so here, and the checker searches
/// less and decides more.
///
/// Evidence can only narrow. It speaks of operations whose outcome is unknown, and of moments after
/// their call; anything else is refused with an [IllegalArgumentException]. So the worst that wrong
/// evidence can do is what a wrong answer in the history does.
public interface Evidence {

  /// What is known of the operations on one key.
  List<Finding> examine(List<Operation> operations);

  /// One piece of knowledge.
  ///
  /// @param operation an operation of unknown outcome
  /// @param fate what became of it
  /// @param because how one knows, for people
  record Finding(Operation operation, Fate fate, String because) {
    public Finding {
      if (operation.isOk() || !operation.mayHaveHappened()) {
        throw new IllegalArgumentException(
            "operation %d has a known outcome; evidence is for unknown ones"
                .formatted(operation.index()));
      }
      if (fate instanceof TookEffect effect && effect.by() <= operation.callPosition()) {
        throw new IllegalArgumentException(
            "operation %d can't have taken effect by position %d: it was called at %d"
                .formatted(operation.index(), effect.by(), operation.callPosition()));
      }
    }
  }

  /// What became of an operation.
  sealed interface Fate {}

  /// It took effect between two positions of the journal, as if it had been called and had returned
  /// there. A `from` before its call, such as 0, says nothing; a `by` of [Operation#NEVER] leaves
  /// open when, and even whether.
  record TookEffect(int from, int by) implements Fate {
    public TookEffect {
      if (from >= by) {
        throw new IllegalArgumentException(
            "nothing can take effect from position %d by position %d".formatted(from, by));
      }
    }
  }

  /// It never took effect and never will.
  record NeverHappened() implements Fate {}
}
