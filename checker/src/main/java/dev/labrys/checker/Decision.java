package dev.labrys.checker;

/// What was decided of one partition, by what, and at which cost.
///
/// @param established how many required operations were linearized at the same time at most
record Decision(Answer answer, String procedure, long configurations, int established) {
  Decision withAnswer(Answer newAnswer) {
    return new Decision(newAnswer, procedure, configurations, established);
  }
}
