package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import java.util.Map;

/// Writes down what a crew does.
///
/// @param recorder of the run
/// @param labels what is said of each invocation beside
public record Scribe(Recorder recorder, Labels labels) {

  /// The extra of an invocation that says what model it is of.
  public static final Value MODEL = Value.keyword("model");

  /// The extra of a completion that says why it is not better.
  public static final Value ERROR = Value.keyword("error");

  /// What is said of invocations.
  public enum Labels {
    /// Nothing: all are of one model.
    NONE,
    /// Their model, so that a history of several can be told apart.
    MODELS
  }

  /// Before the request is sent. Returns the time that was written down.
  long invoked(int process, Action action) {
    Value.MapOf extras =
        switch (labels) {
          case NONE -> Value.MapOf.empty();
          case MODELS -> new Value.MapOf(Map.of(MODEL, Value.of(action.model())));
        };
    return recorder.invoke(process, action.function(), action.key(), action.input(), extras);
  }

  /// After the answer is there. Returns the time that was written down.
  long completed(int process, Reply reply) {
    Value.MapOf extras =
        reply.remark().isEmpty()
            ? Value.MapOf.empty()
            : new Value.MapOf(Map.of(ERROR, Value.of(reply.remark())));
    return recorder.complete(process, reply.outcome(), extras);
  }
}
