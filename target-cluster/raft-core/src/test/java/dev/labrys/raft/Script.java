package dev.labrys.raft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A list of commands to a [TestCluster], each followed by what happens.
///
/// A script is a text of blocks: remarks (`#`) and commands, a line `----`, and the trace of those
/// commands up to an empty line. [#rewritten] gives the text with the trace as it is now.
///
/// ```
/// servers 3 [option=value…]         makes n1 n2 n3 and starts them
/// disks 3 [option=value…]           makes them but leaves them off
/// disk n1 term=3 [vote=n2] [log=1,1,2]  fills the disk of a server that is off
/// add n4 [option=value…]            makes and starts a server that knows of no cluster
/// start|crash|restart n1 …          a crash loses all that was not written
/// campaign n1                       fires its timer until it stands for election
/// fire n1                           fires its timer once
/// advance n1 200ms                  its clock goes on; its messages wait
/// run 1s                            all clocks go on together; messages arrive at once
/// elect n1                          campaign, and deliver all
/// propose n1 x y …                  one command each
/// read n1, snapshot n1, transfer n1 n2, change n1 n1,n2,n3 [n4]
/// deliver n1->n2 [COUNT|newest]     the oldest of what is on its way there, or the newest
/// duplicate|drop n1->n2             the oldest; all
/// stabilize [n1 n2 …]               deliver all, or all between these, until nothing is on its way
/// cut n1->n2, isolate n1, heal
/// slow n1, sync n1, prompt n1       a disk that writes when told to; at once again
/// status [n1 …], log n1 …, disk n1, messages
/// quietly COMMAND                   without trace
/// ```
final class Script {
  private static final Pattern LINK = Pattern.compile("(n\\d+)->(n\\d+)");

  private final TestCluster cluster = new TestCluster();
  private RaftOptions options = RaftOptions.DEFAULTS;

  /// `script`, with what really happens after each command.
  static String rewritten(String script) {
    Script runner = new Script();
    StringBuilder text = new StringBuilder();
    boolean isTrace = false;
    for (String line : script.lines().toList()) {
      if (isTrace) {
        isTrace = !line.isEmpty();
      }
      if (!isTrace) {
        text.append(line).append('\n');
        if (line.equals("----")) {
          text.append(runner.cluster.takeTrace());
          isTrace = true;
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          runner.execute(line);
        }
      }
    }
    return text.toString();
  }

  private void execute(String line) {
    try {
      if (line.startsWith("quietly ")) {
        String before = cluster.takeTrace();
        execute(Arrays.asList(line.substring("quietly ".length()).split(" ", -1)));
        cluster.takeTrace();
        before.lines().forEach(cluster::note);
      } else {
        execute(Arrays.asList(line.split(" ", -1)));
      }
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("at '%s', after%n%s".formatted(line, cluster.takeTrace()), failure);
    }
  }

  private void execute(List<String> words) {
    List<String> rest = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "servers" -> {
        disks(rest);
        cluster.servers().forEach(cluster::start);
      }
      case "disks" -> disks(rest);
      case "disk" -> disk(rest);
      case "add" -> {
        cluster.add(id(rest.getFirst()), options(rest), Stored.initial(Configuration.NONE));
        cluster.start(server(rest.getFirst()));
      }
      case "start" -> rest.forEach(name -> cluster.start(server(name)));
      case "crash" -> rest.forEach(this::crash);
      case "restart" ->
          rest.forEach(name -> {
            crash(name);
            cluster.start(server(name));
          });
      case "status" -> chosen(rest).forEach(this::noteStatus);
      case "log" -> chosen(rest).forEach(this::noteLog);
      case "messages" -> cluster.flights().forEach(flight -> cluster.note(flight.toString()));
      case "slow" -> cluster.slowDisk(id(rest.getFirst()));
      case "sync" -> cluster.sync(server(rest.getFirst()));
      case "prompt" -> cluster.promptDisk(id(rest.getFirst()));
      case "campaign", "fire", "advance", "run", "elect" -> time(words.getFirst(), rest);
      case "deliver", "duplicate", "drop", "stabilize", "cut", "isolate", "heal" ->
          messages(words.getFirst(), rest);
      default -> request(words.getFirst(), rest);
    }
  }

  private void disks(List<String> words) {
    options = options(words);
    Configuration configuration = Configuration.ofVoters(Integer.parseInt(words.getFirst()));
    for (ServerId id : configuration.voters()) {
      cluster.add(id, options, Stored.initial(configuration));
    }
  }

  private RaftOptions options(List<String> words) {
    return options.withAll(words.subList(1, words.size()));
  }

  private void disk(List<String> words) {
    ServerId id = id(words.getFirst());
    if (words.size() == 1) {
      Stored stored = cluster.server(id).stored();
      cluster.note("%s holds %s".formatted(id, Notation.text(stored.state())));
      cluster.note("    snapshot " + Notation.text(stored.snapshot()));
      cluster.note("    log " + Notation.text(stored.entries()));
      return;
    }
    long term = 0;
    ServerId vote = ServerId.NOBODY;
    List<Entry> entries = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      String value = word.substring(word.indexOf('=') + 1);
      switch (word.substring(0, word.indexOf('='))) {
        case "term" -> term = Long.parseLong(value);
        case "vote" -> vote = id(value);
        case "log" -> entries.addAll(Logs.ofTerms(value));
        default -> throw new IllegalArgumentException("a disk has no " + word);
      }
    }
    Stored empty = cluster.server(id).stored();
    cluster.add(id, options, new Stored(new HardState(term, vote), empty.snapshot(), entries));
  }

  private void crash(String name) {
    TestServer server = server(name);
    if (server.isUp()) {
      for (Effect effect : server.undone()) {
        cluster.note("%s never did: %s".formatted(name, Notation.text(effect, server.nowNanos())));
      }
      server.crash();
    }
  }

  private List<TestServer> chosen(List<String> names) {
    return names.isEmpty() ? cluster.servers() : names.stream().map(this::server).toList();
  }

  private void noteStatus(TestServer server) {
    cluster.note(server.id + " " + (server.isUp() ? Notation.text(server.status()) : "is down"));
  }

  private void noteLog(TestServer server) {
    if (!server.isUp()) {
      cluster.note(server.id + " is down");
      return;
    }
    LogView log = server.replica().log();
    StringJoiner entries = new StringJoiner(", ", "[", "]");
    for (long index = log.snapshot().index() + 1; index <= log.last().index(); index++) {
      entries.add(Notation.text(log.at(index)));
    }
    cluster.note(
        "%s after %s: %s, executed %s"
            .formatted(server.id, log.snapshot(), entries, server.executed()));
  }

  private void time(String command, List<String> words) {
    switch (command) {
      case "campaign" -> campaign(server(words.getFirst()));
      case "elect" -> {
        campaign(server(words.getFirst()));
        cluster.stabilize(_ -> true);
      }
      case "fire" -> cluster.fireTimer(server(words.getFirst()));
      case "advance" -> cluster.advance(server(words.getFirst()), nanos(words.get(1)));
      default -> cluster.run(nanos(words.getFirst()));
    }
  }

  private static long nanos(String text) {
    return RaftOption.HEARTBEAT.number(text);
  }

  /// A timer may go off before it is time to stand, to look after something else.
  private void campaign(TestServer server) {
    long term = server.status().term();
    for (int tries = 0; tries < 10; tries++) {
      cluster.fireTimer(server);
      Status after = server.status();
      if (after.role() == Status.RoleName.PRE_CANDIDATE || after.term() > term) {
        return;
      }
    }
    throw new IllegalStateException(server.id + " does not stand");
  }

  private void messages(String command, List<String> words) {
    switch (command) {
      case "deliver" -> deliver(words);
      case "duplicate" -> cluster.duplicate(on(words.getFirst()));
      case "drop" -> cluster.drop(words.isEmpty() ? _ -> true : on(words.getFirst()));
      case "stabilize" -> {
        List<ServerId> among = words.stream().map(Script::id).toList();
        cluster.stabilize(flight ->
            words.isEmpty() || (among.contains(flight.from()) && among.contains(flight.to())));
      }
      case "cut" -> {
        Matcher link = link(words.getFirst());
        cluster.cut(id(link.group(1)), id(link.group(2)));
      }
      case "isolate" -> {
        ServerId id = id(words.getFirst());
        for (TestServer other : cluster.servers()) {
          cluster.cut(id, other.id);
          cluster.cut(other.id, id);
        }
      }
      default -> cluster.healAll();
    }
  }

  private void deliver(List<String> words) {
    Predicate<TestCluster.Flight> link = on(words.getFirst());
    String which = words.size() > 1 ? words.get(1) : "1";
    if (which.equals("newest")) {
      cluster.deliverNewest(link);
      return;
    }
    for (int left = Integer.parseInt(which); left > 0; left--) {
      if (!cluster.deliver(link)) {
        throw new IllegalArgumentException("nothing is on its way");
      }
    }
  }

  private Predicate<TestCluster.Flight> on(String text) {
    Matcher link = link(text);
    ServerId from = id(link.group(1));
    ServerId to = id(link.group(2));
    return flight -> flight.isOn(from, to);
  }

  private static Matcher link(String text) {
    Matcher link = LINK.matcher(text);
    if (!link.matches()) {
      throw new IllegalArgumentException(text + " is no link; write n1->n2");
    }
    return link;
  }

  private void request(String command, List<String> words) {
    TestServer server = server(words.getFirst());
    List<String> rest = words.subList(1, words.size());
    switch (command) {
      case "propose" ->
          rest.forEach(word ->
              cluster.tell(server, new Input.Proposed(server.nextRequest(), Bytes.of(word))));
      case "read" ->
          cluster.tell(server, new Input.ReadRequested(server.nextRequest(), Bytes.of("all")));
      case "snapshot" -> cluster.tell(server, server.account());
      case "transfer" ->
          cluster.tell(
              server, new Input.TransferRequested(server.nextRequest(), id(rest.getFirst())));
      case "change" ->
          cluster.tell(
              server,
              new Input.MembershipRequested(
                  server.nextRequest(),
                  ids(rest.getFirst()),
                  rest.size() > 1 ? ids(rest.get(1)) : List.of()));
      default -> throw new IllegalArgumentException("there is no command " + command);
    }
  }

  private TestServer server(String name) {
    return cluster.server(id(name));
  }

  private static List<ServerId> ids(String names) {
    return Arrays.stream(names.split(",", -1)).map(Script::id).toList();
  }

  private static ServerId id(String name) {
    return new ServerId(Integer.parseInt(name.substring(1)));
  }
}
