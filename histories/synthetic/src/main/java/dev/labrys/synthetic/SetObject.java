package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.LinkedHashSet;
import java.util.Set;

/// A set of elements, empty at first.
final class SetObject implements SequentialObject {
  enum Functions {
    ALL,
    ADD_AND_READ
  }

  private final Functions functions;
  private final Set<Value> elements = new LinkedHashSet<>();

  SetObject(Functions functions) {
    this.functions = functions;
  }

  @Override
  public Request choose(int client, Chooser chooser) {
    boolean isReadWhole = functions == Functions.ADD_AND_READ || chooser.dice().chance(0.5);
    if (isReadWhole && chooser.readsWhole(elements.size())) {
      return new Request(client, "read");
    }
    if (functions == Functions.ADD_AND_READ) {
      return new Request(client, "add", chooser.value());
    }
    if (chooser.reads()) {
      return new Request(client, "contains", chooser.knownValue());
    }
    return chooser.dice().chance(0.3)
        ? new Request(client, "remove", chooser.knownValue())
        : new Request(client, "add", chooser.value());
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    return switch (request.function()) {
      case "read" -> Outcome.ok(Value.set(elements));
      case "contains" -> Outcome.ok(Value.of(elements.contains(request.input())));
      case "remove" -> {
        elements.remove(request.input());
        yield Outcome.ok(Value.nil());
      }
      default -> {
        elements.add(request.input());
        yield Outcome.ok(Value.nil());
      }
    };
  }
}
