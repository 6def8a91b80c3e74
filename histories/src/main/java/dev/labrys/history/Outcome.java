package dev.labrys.history;

/// What the client knows once an operation is over.
public sealed interface Outcome {

  /// It took effect between its invocation and its return, and answered `output`.
  record Ok(Value output) implements Outcome {
    private static final Ok NIL = new Ok(Value.nil());
  }

  /// It certainly did not and never will take effect.
  record Failed() implements Outcome {
    private static final Failed FAILED = new Failed();
  }

  /// It may take effect at any later time, or never: a lost reply, a time-out, a client that died.
  record Unknown() implements Outcome {
    private static final Unknown UNKNOWN = new Unknown();
  }

  static Ok ok(Value output) {
    return output.isNil() ? Ok.NIL : new Ok(output);
  }

  static Failed failed() {
    return Failed.FAILED;
  }

  static Unknown unknown() {
    return Unknown.UNKNOWN;
  }
}
