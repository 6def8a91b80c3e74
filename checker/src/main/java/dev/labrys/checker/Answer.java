package dev.labrys.checker;

/// What a procedure says of one partition.
sealed interface Answer {

  /// The operations `order`, by index in the partition, are a linearization.
  // The arrays are handed over, not shared, and nobody compares answers.
  @SuppressWarnings("ArrayRecordComponent")
  record Linearizable(int[] order) implements Answer {}

  /// There is none. `operations` are those that contradict each other, if the procedure knows; in
  /// any case the contradiction is complete by the last of their returns.
  // As above.
  @SuppressWarnings("ArrayRecordComponent")
  record Contradiction(String reason, int[] operations) implements Answer {}

  /// Nothing was decided within the steps given; there is more to do.
  record Undecided() implements Answer {
    static final Undecided INSTANCE = new Undecided();
  }

  /// Nothing was decided, and `bound` forbids to go on.
  record GaveUp(String bound) implements Answer {
    static final String MEMORY = "the memory allowed was used up";
  }
}
