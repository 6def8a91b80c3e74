package dev.labrys.synthetic;

import dev.labrys.history.History;
import java.util.List;

/// A history that is not linearizable, and why.
///
/// @param history the damaged history
/// @param corruption what kind of damage was done
/// @param change what was changed, in one sentence
/// @param operations the indices of the changed operations
public record Corrupted(
    History history, Corruption corruption, String change, List<Integer> operations) {
  public Corrupted {
    operations = List.copyOf(operations);
  }
}
