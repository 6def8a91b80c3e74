package dev.labrys.report;

/// What a user can do next, in the same words wherever it is said.
final class Advice {
  static final String AFTER_UNDECIDED =
      "check again with a larger --timeout or --memory; shorter histories and more keys are easier";

  private Advice() {}
}
