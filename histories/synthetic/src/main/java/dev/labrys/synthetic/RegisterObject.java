package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// One value, read and written as a whole, from nil on. A cas that finds another value fails.
final class RegisterObject implements SequentialObject {
  enum Functions {
    READ_WRITE,
    READ_WRITE_CAS,
    READ_WRITE_CAS_DELETE
  }

  /// How often a cas expects the value that is held while it is called.
  private static final double GOOD_GUESS = 0.85;

  private static final double DELETE_FRACTION = 0.1;

  private final Functions functions;
  private Value held = Value.nil();

  RegisterObject(Functions functions) {
    this.functions = functions;
  }

  @Override
  public Request choose(int client, Chooser chooser) {
    if (chooser.reads()) {
      return new Request(client, "read");
    }
    if (functions != Functions.READ_WRITE && !held.isNil() && chooser.dice().chance(0.5)) {
      Value old = chooser.dice().chance(GOOD_GUESS) ? held : chooser.knownValue();
      return new Request(client, "cas", Value.sequence(old, chooser.value()));
    }
    // A deleted value is nil again: that would not be unique.
    if (functions == Functions.READ_WRITE_CAS_DELETE
        && !chooser.isUnique()
        && chooser.dice().chance(DELETE_FRACTION)) {
      return new Request(client, "delete");
    }
    return new Request(client, "write", chooser.value());
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    return switch (request.function()) {
      case "read" -> Outcome.ok(held);
      case "cas" -> compareAndSet((Value.Sequence) request.input());
      default -> {
        held = request.input();
        yield Outcome.ok(Value.nil());
      }
    };
  }

  private Outcome compareAndSet(Value.Sequence oldAndNew) {
    if (!held.equals(oldAndNew.item(0))) {
      return Outcome.failed();
    }
    held = oldAndNew.item(1);
    return Outcome.ok(Value.nil());
  }
}
