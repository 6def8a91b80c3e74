package dev.labrys.history;

import org.jspecify.annotations.Nullable;

/// What each process has under way, for formats that repeat it in the completion.
final class OpenCalls {
  private final ProcessTable<Call> calls = new ProcessTable<>();

  private static final class Call {
    Event.@Nullable Invoked invocation;
    long line;
  }

  void open(Event.Invoked invocation, long line) {
    Call call = calls.find(invocation.process());
    if (call == null) {
      call = new Call();
      calls.put(invocation.process(), call);
    }
    call.invocation = invocation;
    call.line = line;
  }

  /// Ends and returns what `process` has under way; null if there is nothing.
  Event.@Nullable Invoked close(int process) {
    Call call = calls.find(process);
    if (call == null) {
      return null;
    }
    Event.Invoked invocation = call.invocation;
    call.invocation = null;
    return invocation;
  }

  /// The line in which `process` last invoked something.
  long lineOf(int process) {
    Call call = calls.find(process);
    return call == null ? 0 : call.line;
  }
}
