package dev.labrys.checker;

import org.jspecify.annotations.Nullable;

/// Decides histories of one [Shape] without search, exactly.
interface Procedure {
  /// The name reports know it by.
  String name();

  /// Decides `partition`, or returns null where its theorem does not cover it.
  @Nullable Answer decide(Partition partition);

  /// The procedure for a shape, if there is one.
  static @Nullable Procedure of(Shape shape) {
    return switch (shape) {
      case Shape.Opaque opaque -> null;
      case Shape.Cell cell -> new UniqueValueCell(cell);
      case Shape.Sequence sequence ->
          switch (sequence.order()) {
            case FIRST_IN_FIRST_OUT -> new UniqueValueQueue(sequence);
            case LAST_IN_FIRST_OUT -> new UniqueValueStack(sequence);
          };
      case Shape.GrowOnlySet set -> new SetReads(set);
      case Shape.Counter counter -> new CounterReads(counter);
      case Shape.AppendOnlyLists lists -> new ListPrefixes(lists);
      case Shape.Distinct distinct -> new DistinctAnswers(distinct);
    };
  }
}
