package dev.labrys.checker;

/// A search that can be interrupted and resumed, so that several compete for one processor.
interface Search {
  /// The name reports know it by.
  String name();

  /// Goes on for about `steps` configurations. [Answer.Undecided] asks for more.
  Answer advance(long steps);

  /// How many configurations were visited so far.
  long configurations();

  /// What its tables hold.
  long bytes();

  /// How many required operations were linearized at the same time at most.
  int established();
}
