package dev.labrys.raft;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A few servers and the messages between them, which move when they are told to: a script decides
/// on every delivery, every timer and every write. Writes down what happens.
final class TestCluster implements TestServer.World {
  private static final Seed SEED = new Seed(1);
  private static final int MANY_STEPS = 20_000;

  private final SortedMap<ServerId, TestServer> servers = new TreeMap<>();
  private final List<Flight> flights = new ArrayList<>();
  private final SortedSet<String> cuts = new TreeSet<>();
  private final SortedSet<ServerId> slowDisks = new TreeSet<>();
  private final StringBuilder trace = new StringBuilder();

  /// A message on its way.
  record Flight(ServerId from, ServerId to, Message message) {
    boolean isOn(ServerId start, ServerId end) {
      return from.equals(start) && to.equals(end);
    }

    @Override
    public String toString() {
      return "%s -> %s: %s".formatted(from, to, Notation.text(message));
    }
  }

  /// What has been written down since it was last taken.
  String takeTrace() {
    String taken = trace.toString();
    trace.setLength(0);
    return taken;
  }

  void note(String line) {
    trace.append(line).append('\n');
  }

  void add(ServerId id, RaftOptions options, Stored stored) {
    servers.put(id, new TestServer(id, options, Rules.RAFT, stored, SEED, this));
  }

  List<TestServer> servers() {
    return List.copyOf(servers.values());
  }

  TestServer server(ServerId id) {
    TestServer server = servers.get(id);
    if (server == null) {
      throw new IllegalArgumentException("there is no " + id);
    }
    return server;
  }

  List<Flight> flights() {
    return List.copyOf(flights);
  }

  @Override
  public void stepped(TestServer server, Input input, List<Effect> effects, Status before) {
    Status after = server.status();
    if (!(input instanceof Input.Persisted) || !effects.isEmpty() || !after.equals(before)) {
      note(Notation.text(server.id, input, effects, before, after, server.nowNanos()));
    }
  }

  @Override
  public void performed(TestServer server, Effect effect) {
    switch (effect) {
      case Effect.Send(ServerId to, Message message) -> send(server.id, to, message);
      case Effect.SendAtOnce(ServerId to, Message message) -> send(server.id, to, message);
      case Effect.Query(RequestId request, Bytes _) ->
          note("%s answers %s: %s".formatted(server.id, request, server.executed()));
      default -> {}
    }
  }

  private void send(ServerId from, ServerId to, Message message) {
    if (cuts.contains(from + "->" + to)) {
      note("    lost %s -> %s".formatted(from, to));
    } else {
      flights.add(new Flight(from, to, message));
    }
  }

  void cut(ServerId from, ServerId to) {
    cuts.add(from + "->" + to);
    flights.removeIf(flight -> flight.isOn(from, to));
  }

  void healAll() {
    cuts.clear();
  }

  void slowDisk(ServerId id) {
    slowDisks.add(id);
  }

  void promptDisk(ServerId id) {
    slowDisks.remove(id);
    settle(server(id));
  }

  void tell(TestServer server, Input input) {
    server.step(input);
    settle(server);
  }

  void start(TestServer server) {
    server.start();
    settle(server);
  }

  void fireTimer(TestServer server) {
    server.fireTimer();
    settle(server);
  }

  /// Lets the next write of a server with a slow disk be done, and all after it that needs no
  /// other.
  void sync(TestServer server) {
    if (server.undone().isEmpty()) {
      throw new IllegalStateException(server.id + " has nothing to write");
    }
    for (Effect effect : server.undone()) {
      if (TestServer.isWrite(effect)) {
        note("%s wrote: %s".formatted(server.id, Notation.text(effect, server.nowNanos())));
        break;
      }
    }
    server.performNext();
    server.performUpToWrite();
    server.confirmAll();
    settle(server);
  }

  private void settle(TestServer server) {
    if (slowDisks.contains(server.id)) {
      server.performUpToWrite();
    } else {
      server.performAll();
    }
  }

  /// Delivers the oldest message that `chosen` accepts, or else says that there is none.
  boolean deliver(Predicate<Flight> chosen) {
    for (int place = 0; place < flights.size(); place++) {
      if (chosen.test(flights.get(place))) {
        arrive(flights.remove(place));
        return true;
      }
    }
    return false;
  }

  boolean deliverNewest(Predicate<Flight> chosen) {
    for (int place = flights.size() - 1; place >= 0; place--) {
      if (chosen.test(flights.get(place))) {
        arrive(flights.remove(place));
        return true;
      }
    }
    return false;
  }

  private void arrive(Flight flight) {
    TestServer server = server(flight.to());
    if (server.isUp()) {
      tell(server, new Input.Received(flight.from(), flight.message()));
    } else {
      note("%s is down, lost %s".formatted(flight.to(), flight));
    }
  }

  void duplicate(Predicate<Flight> chosen) {
    flights.stream().filter(chosen).findFirst().ifPresent(flights::add);
  }

  void drop(Predicate<Flight> chosen) {
    for (Flight flight : flights()) {
      if (chosen.test(flight)) {
        note("lost " + flight);
      }
    }
    flights.removeIf(chosen);
  }

  /// Delivers all that is on its way among those that `chosen` accepts, until nothing is.
  void stabilize(Predicate<Flight> chosen) {
    int steps = 0;
    while (deliver(chosen)) {
      steps++;
      if (steps > MANY_STEPS) {
        throw new IllegalStateException("it does not come to rest:\n" + trace);
      }
    }
  }

  /// Lets time pass for all at once; messages arrive as soon as they are sent.
  void run(long nanos) {
    stabilize(_ -> true);
    long left = nanos;
    while (left > 0) {
      long step = Math.min(left, untilNextTimer());
      for (TestServer server : servers.values()) {
        server.advanceTo(server.nowNanos() + step);
      }
      left -= step;
      for (TestServer server : servers.values()) {
        if (server.isUp() && server.timerAtNanos() <= server.nowNanos()) {
          fireTimer(server);
          stabilize(_ -> true);
        }
      }
    }
  }

  private long untilNextTimer() {
    long next = Long.MAX_VALUE;
    for (TestServer server : servers.values()) {
      if (server.isUp()) {
        next = Math.min(next, Math.max(0, server.timerAtNanos() - server.nowNanos()));
      }
    }
    return next;
  }

  /// Lets time pass for one server, whose messages stay on their way.
  void advance(TestServer server, long nanos) {
    long end = server.nowNanos() + nanos;
    while (server.timerAtNanos() <= end) {
      fireTimer(server);
    }
    server.advanceTo(end);
  }
}
