package dev.labrys.checker;

/// What a call does to a state, both by number. Searches only ever compare numbers.
interface Transitions {
  /// The call is not possible in this state.
  int NOT_NOW = -1;

  /// The call is not possible in this state, nor in any that other calls lead to from here.
  int NEVER = -2;

  int initial();

  /// The next state, [#NOT_NOW], [#NEVER], or below those a number for [#choices].
  int next(int state, int callClass);

  /// The states of which the object may choose one.
  int[] choices(int next);

  /// The text people see.
  String describe(int state);

  /// What the tables hold.
  long bytes();
}
