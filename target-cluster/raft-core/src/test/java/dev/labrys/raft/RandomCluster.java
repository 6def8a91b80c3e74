package dev.labrys.raft;

import dev.labrys.history.Seed;
import dev.labrys.raft.Status.RoleName;
import dev.labrys.raft.TestCluster.Flight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A cluster to which anything may happen in any order: messages arrive late, twice, in another
/// order or never; timers go off whenever they like; disks take their time; servers crash between
/// any two effects, with what they have not written lost, and come back.
final class RandomCluster implements TestServer.World {
  private static final long SECOND = 1_000_000_000L;

  private final RandomGenerator random;
  private final RaftOptions options;
  private final boolean hasFixedMembers;
  private final List<TestServer> servers = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();
  private final SafetyWatch watch = new SafetyWatch();
  private final Deque<Supplier<String>> events = new ArrayDeque<>();

  /// Who waits for an answer, by server and number.
  private final Map<String, Waiting> waiting = new HashMap<>();

  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> refusedForGood = new ArrayList<>();

  /// The last entry of which some client has heard, directly or in an answer to a read.
  private long knownToClients;

  private ServerId cutOff = ServerId.NOBODY;
  private int commands;

  /// A request that is not answered yet.
  ///
  /// @param command empty for what is no command
  /// @param mustSee what the answer to a read must take into account
  private record Waiting(String command, long mustSee) {}

  RandomCluster(RandomGenerator random, RaftOptions options, Rules rules, int size, int members) {
    this.random = random;
    this.options = options;
    this.hasFixedMembers = size == members && random.nextBoolean();
    Seed seed = new Seed(random.nextLong());
    Configuration configuration = Configuration.ofVoters(members);
    for (int number = 1; number <= size; number++) {
      Stored disk = Stored.initial(number <= members ? configuration : Configuration.NONE);
      servers.add(new TestServer(new ServerId(number), options, rules, disk, seed, this));
    }
    servers.forEach(TestServer::start);
  }

  /// From now on, servers are told things when so many have gathered, or time passes.
  void gather(int most) {
    servers.forEach(server -> server.gather(most));
  }

  private void tellHeld() {
    servers.forEach(TestServer::tellHeld);
  }

  /// What has happened, as often.
  Map<String, Integer> counts() {
    return counts;
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /// The last things that happened.
  List<String> events() {
    return events.stream().map(Supplier::get).toList();
  }

  /// Most events are never looked at, so they are put into words when they are.
  private void note(Supplier<String> event) {
    events.add(event);
    if (events.size() > 400) {
      events.remove();
    }
  }

  @Override
  public void stepped(TestServer server, Input input, List<Effect> effects, Status before) {
    Status after = server.status();
    long now = server.nowNanos();
    note(() -> Notation.text(server.id, input, effects, before, after, now));
    if (before.role() != after.role()) {
      count(after.role().toString());
    }
    watch.stepped(server, effects, before);
  }

  @Override
  public void performed(TestServer server, Effect effect) {
    switch (effect) {
      case Effect.Send(ServerId to, Message message) -> send(server, to, message);
      case Effect.SendAtOnce(ServerId to, Message message) -> send(server, to, message);
      case Effect.Apply(Entry entry, RequestId request) -> {
        count("applied " + entry.content().getClass().getSimpleName());
        if (hasFixedMembers) {
          watch.appliedWithFixedMembers(servers, entry);
        }
        if (!request.equals(RequestId.NOBODY)) {
          Waiting answered = answered(server, request);
          boolean isOwn =
              entry.content() instanceof Content.Command command
                  && command.bytes().text().equals(answered.command());
          if (!isOwn) {
            throw new AssertionError(request + " is answered by " + entry);
          }
          knownToClients = Math.max(knownToClients, entry.index());
        }
      }
      case Effect.Query(RequestId request, Bytes _) -> {
        Waiting answered = answered(server, request);
        if (server.appliedIndex() < answered.mustSee()) {
          throw new AssertionError(
              "a stale read: %d instead of %d"
                  .formatted(server.appliedIndex(), answered.mustSee()));
        }
        knownToClients = Math.max(knownToClients, server.appliedIndex());
        count("read");
      }
      case Effect.Answer(RequestId request, Response response) -> {
        Waiting answered = answered(server, request);
        count(Notation.text(response).replaceAll(",.*", ""));
        if (response instanceof Response.Refused refused && refused.refusal().isDefinite()) {
          refusedForGood.add(answered.command());
        }
      }
      case Effect.Restore _ -> count("restored");
      default -> {}
    }
  }

  private Waiting answered(TestServer server, RequestId request) {
    Waiting answered = waiting.remove(server.id + " " + request);
    if (answered == null) {
      throw new AssertionError("%s of %s is answered twice".formatted(request, server.id));
    }
    return answered;
  }

  private void send(TestServer server, ServerId to, Message message) {
    watch.said(server, to, message);
    if (!cutOff.equals(server.id) && !cutOff.equals(to)) {
      flights.add(new Flight(server.id, to, message));
    }
  }

  /// Lets so many things happen.
  void rage(int steps) {
    Mood mood = Mood.drawn(random);
    for (int step = 0; step < steps; step++) {
      int dice = random.nextInt(mood.sum());
      if ((dice -= mood.deliver()) < 0) {
        deliver();
      } else if ((dice -= mood.work()) < 0) {
        work();
      } else if ((dice -= mood.time()) < 0) {
        passTime();
      } else if ((dice -= mood.lose()) < 0) {
        lose();
      } else if ((dice -= mood.ask()) < 0) {
        ask();
      } else if ((dice -= mood.crash()) < 0) {
        crash();
      } else if ((dice -= mood.start()) < 0) {
        pick(server -> !server.isUp()).forEach(TestServer::start);
      } else {
        cutOff();
      }
    }
    for (String command : refusedForGood) {
      watch.refusedForGood(command);
    }
  }

  /// How often what happens: each run has a taste of its own, so that one is about elections,
  /// another about crashes, a third about long logs.
  private record Mood(
      int deliver, int work, int time, int lose, int ask, int crash, int start, int cut) {

    static Mood drawn(RandomGenerator random) {
      return new Mood(
          400,
          400,
          3 << random.nextInt(5),
          random.nextInt(3) * 20,
          20 << random.nextInt(4),
          random.nextInt(4) * 4,
          5 + random.nextInt(20),
          random.nextInt(3) * 4);
    }

    int sum() {
      return deliver + work + time + lose + ask + crash + start + cut;
    }
  }

  /// One server is out of touch, or none any more.
  private void cutOff() {
    cutOff = new ServerId(random.nextInt(servers.size() + 1));
    String news = "cut off is " + cutOff;
    note(() -> news);
  }

  private List<TestServer> pick(Predicate<TestServer> wanted) {
    List<TestServer> all = servers.stream().filter(wanted).toList();
    return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
  }

  /// Most messages arrive in about the order in which they were sent.
  private void deliver() {
    if (flights.isEmpty()) {
      return;
    }
    int place =
        random.nextInt(random.nextInt(4) == 0 ? flights.size() : Math.min(4, flights.size()));
    Flight flight = flights.get(place);
    if (random.nextInt(12) > 0) {
      flights.remove(place);
    }
    receive(flight);
  }

  private void receive(Flight flight) {
    TestServer receiver = servers.get(flight.to().number() - 1);
    if (receiver.isUp()) {
      receiver.step(new Input.Received(flight.from(), flight.message()));
    }
  }

  private void work() {
    for (TestServer server :
        pick(server -> !server.undone().isEmpty() || server.hasUnconfirmed())) {
      boolean confirms = server.hasUnconfirmed() && random.nextBoolean();
      if (confirms || server.undone().isEmpty()) {
        server.confirmNext();
      } else {
        server.performNext();
      }
    }
  }

  /// Clocks run as they please – but alike where leases depend on it.
  private void passTime() {
    tellHeld();
    if (options.reads() == RaftOptions.Reads.LEASE) {
      long nanos = random.nextLong(options.heartbeatNanos());
      servers.forEach(server -> server.advanceTo(server.nowNanos() + nanos));
      fireWhatIsDue();
    } else {
      pick(server -> server.isUp() && server.timerAtNanos() < Long.MAX_VALUE)
          .forEach(TestServer::fireTimer);
    }
  }

  private void fireWhatIsDue() {
    for (TestServer server : servers) {
      if (server.isUp() && server.timerAtNanos() <= server.nowNanos()) {
        server.fireTimer();
      }
    }
  }

  private void lose() {
    if (!flights.isEmpty()) {
      flights.remove(random.nextInt(flights.size()));
    }
    if (flights.size() > 200) {
      flights.subList(0, 100).clear();
    }
  }

  private void crash() {
    for (TestServer server : pick(TestServer::isUp)) {
      note(() -> server.id + " crashes");
      server.crash();
      waiting.keySet().removeIf(key -> key.startsWith(server.id + " "));
    }
  }

  /// Leaders are asked more often: the others mostly refuse.
  private void ask() {
    boolean isForLeader = random.nextInt(3) > 0;
    for (TestServer server :
        pick(server ->
            server.isUp() && (!isForLeader || server.status().role() == RoleName.LEADER))) {
      switch (random.nextInt(hasFixedMembers ? 20 : 24)) {
        case 0, 1 -> server.step(server.account());
        case 2 -> transfer(server);
        case 3, 4, 5, 6, 7 -> read(server);
        case 20, 21, 22, 23 -> change(server);
        default -> propose(server);
      }
    }
  }

  private RequestId wait(TestServer server, String command) {
    RequestId request = server.nextRequest();
    waiting.put(server.id + " " + request, new Waiting(command, knownToClients));
    return request;
  }

  private void propose(TestServer server) {
    commands++;
    String command = "c" + commands;
    server.step(new Input.Proposed(wait(server, command), Bytes.of(command)));
  }

  private void read(TestServer server) {
    server.step(new Input.ReadRequested(wait(server, ""), Bytes.EMPTY));
  }

  private void transfer(TestServer server) {
    ServerId target = servers.get(random.nextInt(servers.size())).id;
    server.step(new Input.TransferRequested(wait(server, ""), target));
  }

  private void change(TestServer server) {
    List<ServerId> voters = new ArrayList<>();
    List<ServerId> learners = new ArrayList<>();
    for (TestServer each : servers) {
      switch (random.nextInt(5)) {
        case 0 -> {}
        case 1 -> learners.add(each.id);
        default -> voters.add(each.id);
      }
    }
    server.step(new Input.MembershipRequested(wait(server, ""), voters, learners));
  }

  /// Ends all trouble, and lets the cluster do what it is there for: commit a new command, and
  /// answer everybody.
  void calmDown() {
    note(() -> "all is well");
    gather(1);
    tellHeld();
    cutOff = ServerId.NOBODY;
    for (TestServer server : servers) {
      if (!server.isUp()) {
        server.start();
      }
    }
    settle();
    for (int round = 0; round < 400; round++) {
      passTimeInStep(SECOND / 20);
      if (round % 20 == 19) {
        for (TestServer server : servers) {
          if (server.status().role() == RoleName.LEADER) {
            propose(server);
          }
        }
        settle();
        if (isAtRest()) {
          return;
        }
      }
    }
    throw new AssertionError(
        "it never comes to rest: " + servers.stream().map(TestServer::status).toList());
  }

  /// Whether the last command is committed on all members, and nobody waits.
  private boolean isAtRest() {
    String last = "c" + commands;
    for (TestServer server : servers) {
      Status status = server.status();
      if (status.role() == RoleName.LEADER && server.executed().contains(last)) {
        passTimeInStep(SECOND / 5);
        return waiting.isEmpty()
            && status.configuration().members().stream()
                .allMatch(member -> servers.get(member.number() - 1).executed().contains(last));
      }
    }
    return false;
  }

  private void passTimeInStep(long nanos) {
    for (TestServer server : servers) {
      server.advanceTo(server.nowNanos() + nanos);
    }
    fireWhatIsDue();
    settle();
  }

  /// Delivers and writes everything.
  private void settle() {
    for (int steps = 0; steps < 100_000; steps++) {
      servers.forEach(TestServer::performAll);
      if (flights.isEmpty()) {
        return;
      }
      receive(flights.removeFirst());
    }
    throw new AssertionError("messages without end");
  }
}
