package dev.labrys.checker;

/// The calls of queues and stacks that take an element out and answer it, or nil if there was none.
final class Removal {
  private Removal() {}

  /// Whether the client saw that there was nothing to take out.
  static boolean isFutile(Call call) {
    return call.isAnswered() && call.output().isNil();
  }

  static Shape.Sequence.Access access(Call call) {
    if (!call.isAnswered()) {
      return new Shape.Sequence.RemoveUnseen();
    }
    return isFutile(call) ? new Shape.Sequence.Empty() : new Shape.Sequence.Remove(call.output());
  }
}
