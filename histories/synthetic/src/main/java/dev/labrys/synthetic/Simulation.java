package dev.labrys.synthetic;

import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Clients that talk to an object over a slow network, in virtual time.
///
/// An operation is called, takes effect a while later, and returns a while after that; the object
/// serves requests one at a time, in the order in which they take effect. Hence that order is a
/// linearization of the history: every operation takes effect alone, between its call and its
/// return, and answers accordingly.
///
/// A client may give up instead of seeing the return; the operation may then still take effect at
/// any later time, or never. The client goes on as a new process.
final class Simulation implements Iterator<Event> {
  private static final long SERVICE_NANOS = 500_000;

  /// How much longer than usual an operation is under way whose client gave up.
  private static final long LATENESS = 20;

  private static final double SILENT_FRACTION = 0.25;

  private enum Stage {
    CALL,
    EFFECT,
    RETURN
  }

  /// A client, and its operation under way.
  private static final class Client {
    final int number;
    int process;
    final List<Site> held = new ArrayList<>(0);

    Client(int number) {
      this.number = number;
      this.process = number;
    }
  }

  /// An object of its own key, and who waits for it.
  private static final class Site {
    final SequentialObject object;
    final Value key;
    final ArrayDeque<Step> waiting = new ArrayDeque<>();

    Site(SequentialObject object, Value key) {
      this.object = object;
      this.key = key;
    }
  }

  private static final class Operation {
    final int index;
    final Site site;
    final SequentialObject.Request request;
    Outcome outcome = Outcome.unknown();
    boolean isAbandoned;

    Operation(int index, Site site, SequentialObject.Request request) {
      this.index = index;
      this.site = site;
      this.request = request;
    }
  }

  /// Something that is due at a time. Steps due at the same time happen in the order in which they
  /// were planned.
  private record Step(
      long due, long order, Stage stage, Client client, @Nullable Operation operation)
      implements Comparable<Step> {
    @Override
    public int compareTo(Step other) {
      int byDue = Long.compare(due, other.due);
      return byDue != 0 ? byDue : Long.compare(order, other.order);
    }
  }

  private final Recipe recipe;
  private final IntConsumer effects;
  private final Dice dice;
  private final Chooser chooser;
  private final Keys keys;
  private final @Nullable Site[] sites;
  private final PriorityQueue<Step> agenda = new PriorityQueue<>();
  private long planned;
  private int called;
  private int nextProcess;
  private int waiting;
  private long now;
  private long lastTime;
  private @Nullable Event upcoming;

  /// @param effects told the index of each operation the moment it takes effect
  Simulation(Recipe recipe, IntConsumer effects) {
    this.recipe = recipe;
    this.effects = effects;
    this.dice = new Dice(recipe.seed().stream("synthetic.schedule"));
    this.chooser = new Chooser(recipe);
    int objects = recipe.kind().isTransactional() ? 1 : recipe.keys();
    this.keys = new Keys(objects, recipe.keySkew());
    this.sites = new Site[objects];
    this.nextProcess = recipe.clients();
    for (int i = 0; i < recipe.clients(); i++) {
      plan(dice.around(SERVICE_NANOS), Stage.CALL, new Client(i), null);
    }
    upcoming = advance();
  }

  @Override
  public boolean hasNext() {
    return upcoming != null;
  }

  @Override
  public Event next() {
    Event event = upcoming;
    if (event == null) {
      throw new NoSuchElementException("the history has ended");
    }
    upcoming = advance();
    return event;
  }

  /// Lets time pass until something happens that a client sees.
  private @Nullable Event advance() {
    while (true) {
      Step step = agenda.poll();
      if (step == null) {
        if (waiting == 0) {
          return null;
        }
        refuseAllWhoWait();
        continue;
      }
      now = step.due;
      Event event = perform(step);
      if (event != null) {
        return event;
      }
    }
  }

  private @Nullable Event perform(Step step) {
    Operation operation = step.operation;
    if (operation == null) {
      return call(step.client);
    }
    if (step.stage == Stage.EFFECT) {
      takeEffect(step, operation);
      return null;
    }
    return complete(step.client, operation);
  }

  private @Nullable Event call(Client client) {
    if (called == recipe.operations()) {
      return null;
    }
    Site site = siteFor(client);
    Operation operation = new Operation(called++, site, site.object.choose(client.number, chooser));
    double fate = dice.unit();
    Recipe.Fractions fractions = recipe.fractions();
    if (fate < fractions.crash()) {
      abandon(client, operation);
    } else if (fate < fractions.crash() + fractions.fail()) {
      operation.outcome = Outcome.failed();
      plan(2 * SERVICE_NANOS, Stage.RETURN, client, operation);
    } else {
      plan(SERVICE_NANOS, Stage.EFFECT, client, operation);
    }
    return new Event.Invoked(
        client.process, operation.request.function(), site.key, operation.request.input(), tick());
  }

  private void abandon(Client client, Operation operation) {
    operation.isAbandoned = true;
    plan(2 * SERVICE_NANOS, Stage.RETURN, client, operation);
    if (dice.chance(0.5)) {
      long delay = dice.chance(0.5) ? SERVICE_NANOS : LATENESS * SERVICE_NANOS;
      plan(delay, Stage.EFFECT, client, operation);
    }
  }

  private void takeEffect(Step step, Operation operation) {
    Site site = operation.site;
    if (!site.object.isReady(operation.request)) {
      if (!operation.isAbandoned) {
        site.waiting.add(step);
        waiting++;
      }
      return;
    }
    Outcome outcome = site.object.apply(operation.request, chooser);
    if (outcome instanceof Outcome.Ok) {
      effects.accept(operation.index);
      if (site.object.isHeldBy(step.client.number) && !step.client.held.contains(site)) {
        step.client.held.add(site);
      }
    }
    if (!operation.isAbandoned) {
      operation.outcome = outcome;
      plan(SERVICE_NANOS, Stage.RETURN, step.client, operation);
    }
    Step first = site.waiting.peek();
    if (first != null && first.operation != null && site.object.isReady(first.operation.request)) {
      site.waiting.remove();
      waiting--;
      plan(SERVICE_NANOS / 4, Stage.EFFECT, first.client, first.operation);
    }
  }

  /// Nothing that is still to happen can serve those who wait: they are turned down.
  private void refuseAllWhoWait() {
    for (Site site : sites) {
      if (site == null) {
        continue;
      }
      for (Step step : site.waiting) {
        Operation operation = step.operation;
        if (operation != null) {
          operation.outcome = Outcome.failed();
          plan(LATENESS * SERVICE_NANOS, Stage.RETURN, step.client, operation);
        }
      }
      site.waiting.clear();
    }
    waiting = 0;
  }

  /// A client that gave up mostly says so; some vanish without a word.
  private @Nullable Event complete(Client client, Operation operation) {
    int process = client.process;
    plan(recipe.thinkNanos(), Stage.CALL, client, null);
    if (operation.isAbandoned) {
      client.process = nextProcess++;
      if (dice.chance(SILENT_FRACTION)) {
        return null;
      }
    }
    return new Event.Completed(process, operation.outcome, tick());
  }

  private Site siteFor(Client client) {
    client.held.removeIf(site -> !site.object.isHeldBy(client.number));
    if (!client.held.isEmpty()) {
      return client.held.getFirst();
    }
    int key = keys.draw(dice);
    Site site = sites[key];
    if (site == null) {
      site = new Site(SequentialObjects.create(recipe), keyValue(key));
      sites[key] = site;
    }
    return site;
  }

  private Value keyValue(int key) {
    if (recipe.kind() == ObjectKind.KV_STRING) {
      return Value.of(Integer.toString(key));
    }
    return sites.length == 1 && !recipe.kind().isAlwaysKeyed() ? Value.nil() : Value.of(key);
  }

  private void plan(long meanDelay, Stage stage, Client client, @Nullable Operation operation) {
    agenda.add(new Step(now + dice.around(meanDelay), planned++, stage, client, operation));
  }

  /// The time of the next event. No two are the same.
  private long tick() {
    lastTime = Math.max(lastTime + 1, now);
    return lastTime;
  }
}
