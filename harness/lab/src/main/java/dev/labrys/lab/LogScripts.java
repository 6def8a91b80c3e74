package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Part 2B: the log.
final class LogScripts {
  private static final long ELECTION = RaftLab.ELECTION_MILLIS;
  private static final int TRIES = 5;

  private LogScripts() {}

  static List<LabTest> tests() {
    return List.of(
        test("BasicAgree", 3, "3 commands get the indices 1 to 3", LogScripts::basicAgree),
        test(
            "RPCBytes",
            3,
            "10 commands of 5,000 bytes are sent to each server once",
            LogScripts::rpcBytes),
        test(
            "FollowerFailure",
            3,
            "2 of 3 servers agree, 1 alone commits nothing",
            LogScripts::followerFailure),
        test(
            "LeaderFailure",
            3,
            "without its leader a cluster goes on, without two it commits nothing",
            LogScripts::leaderFailure),
        test("FailAgree", 3, "a follower cut off catches up", LogScripts::failAgree),
        test(
            "FailNoAgree",
            5,
            "2 of 5 servers commit nothing, and all 5 go on afterwards",
            LogScripts::failNoAgree),
        test(
            "ConcurrentStarts",
            3,
            "5 commands at the same time get different indices, and are committed",
            LogScripts::concurrentStarts),
        test(
            "Rejoin",
            3,
            "what a leader appended while cut off gives way to what was committed",
            LogScripts::rejoin),
        test(
            "Backup",
            5,
            "logs that differ by 50 entries and more are made equal in time",
            LogScripts::backup),
        test("Count", 3, "elections, 10 commands and idle time take few calls", LogScripts::count));
  }

  private static LabTest test(String title, int servers, String demand, LabTest.Script script) {
    return new LabTest(title, Part.LOG, servers, demand, script);
  }

  private static void basicAgree(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    for (int index = 1; index <= 3; index++) {
      lab.requireNotApplied(index, "before any command was started");
      requireIndex(index, lab.agreeAtOnce(3));
    }
  }

  private static void requireIndex(long expected, long actual) {
    if (actual != expected) {
      throw new LabFailure("a command got index %d instead of %d".formatted(actual, expected));
    }
  }

  private static void rpcBytes(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agreeAtOnce(3);
    long before = lab.bytes();

    long sent = 0;
    for (int index = 2; index < 12; index++) {
      Bytes command = Bytes.copyOf(new byte[5_000]).and(lab.command());
      requireIndex(index, lab.agreeAtOnce(command, 3));
      sent += command.length();
    }

    long used = lab.bytes() - before;
    long allowed = lab.size() * sent + 50_000;
    if (used > allowed) {
      throw new LabFailure(
          "%,d bytes were sent, but %,d are enough to tell every server once"
              .formatted(used, allowed));
    }
  }

  private static void followerFailure(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agreeAtOnce(3);
    lab.disconnect(lab.after(lab.leader(), 1));
    lab.agreeAtOnce(2);
    lab.sleep(ELECTION);
    lab.agreeAtOnce(2);

    ServerId leader = lab.leader();
    lab.disconnect(lab.after(leader, 1));
    lab.disconnect(lab.after(leader, 2));
    requireIndex(4, lab.startAt(leader).index());
    lab.sleep(2 * ELECTION);
    lab.requireNotApplied(4, "without a majority");
  }

  private static void leaderFailure(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agreeAtOnce(3);
    lab.disconnect(lab.leader());
    lab.agreeAtOnce(2);
    lab.sleep(ELECTION);
    lab.agreeAtOnce(2);

    lab.disconnect(lab.leader());
    for (ServerId server : lab.servers()) {
      lab.start(server, lab.command());
    }
    lab.sleep(2 * ELECTION);
    lab.requireNotApplied(4, "without a majority");
  }

  private static void failAgree(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agreeAtOnce(3);
    ServerId follower = lab.after(lab.leader(), 1);
    lab.disconnect(follower);
    lab.agreeAtOnce(2);
    lab.agreeAtOnce(2);
    lab.sleep(ELECTION);
    lab.agreeAtOnce(2);
    lab.agreeAtOnce(2);

    lab.connect(follower);
    lab.agree(3);
    lab.sleep(ELECTION);
    lab.agree(3);
  }

  private static void failNoAgree(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agreeAtOnce(5);
    ServerId leader = lab.leader();
    List<ServerId> cut = List.of(lab.after(leader, 1), lab.after(leader, 2), lab.after(leader, 3));
    cut.forEach(lab::disconnect);
    requireIndex(2, lab.startAt(leader).index());
    lab.sleep(2 * ELECTION);
    lab.requireNotApplied(2, "without a majority");

    cut.forEach(lab::connect);
    // Those who were cut off may have chosen a leader of their own, and forgotten entry 2.
    long index = lab.startAt(lab.leader()).index();
    if (index < 2 || index > 3) {
      throw new LabFailure("a command got index %d instead of 2 or 3".formatted(index));
    }
    lab.agree(5);
  }

  private static void concurrentStarts(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) {
        lab.sleep(3_000);
      }
      if (startConcurrently(lab)) {
        return;
      }
    }
    throw new LabFailure("the term changed %d times, and nothing went wrong".formatted(TRIES));
  }

  private static boolean startConcurrently(RaftLab lab) {
    ServerId leader = lab.leader();
    long term = lab.start(leader, lab.command()).term();
    List<Bytes> commands = new ArrayList<>();
    List<LogPosition> places = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Bytes command = lab.command();
      LogPosition place = lab.start(leader, command);
      if (place.term() == term) {
        commands.add(command);
        places.add(place);
      }
    }
    if (term == 0 || commands.size() < 5) {
      return false;
    }
    for (int i = 0; i < 5; i++) {
      Optional<Content> entry = lab.awaitEntry(places.get(i).index(), lab.size(), term);
      if (entry.isEmpty()) {
        return false;
      }
      if (!entry.get().equals(new Content.Command(commands.get(i)))) {
        throw new LabFailure(
            "%s was started as entry %s, where %s is committed"
                .formatted(commands.get(i), places.get(i), RaftLab.shown(entry.get())));
      }
    }
    return true;
  }

  private static void rejoin(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agree(3);
    ServerId first = lab.leader();
    lab.disconnect(first);
    startMany(lab, first, 3);
    lab.agree(2);

    ServerId second = lab.leader();
    lab.disconnect(second);
    lab.connect(first);
    lab.agree(2);
    lab.connect(second);
    lab.agree(3);
  }

  private static void backup(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agree(5);
    ServerId first = lab.leader();
    List<ServerId> minority = List.of(first, lab.after(first, 1));
    List<ServerId> majority =
        List.of(lab.after(first, 2), lab.after(first, 3), lab.after(first, 4));
    majority.forEach(lab::disconnect);
    startMany(lab, first, 50);
    lab.sleep(ELECTION / 2);

    minority.forEach(lab::disconnect);
    majority.forEach(lab::connect);
    agreeMany(lab, 3, 50);

    ServerId second = lab.leader();
    ServerId other = lab.after(first, second.equals(lab.after(first, 2)) ? 3 : 2);
    lab.disconnect(other);
    startMany(lab, second, 50);
    lab.sleep(ELECTION / 2);

    lab.servers().forEach(lab::disconnect);
    minority.forEach(lab::connect);
    lab.connect(other);
    agreeMany(lab, 3, 50);

    lab.servers().forEach(lab::connect);
    lab.agree(5);
  }

  private static void startMany(RaftLab lab, ServerId leader, int commands) {
    for (int i = 0; i < commands; i++) {
      lab.start(leader, lab.command());
    }
  }

  private static void agreeMany(RaftLab lab, int servers, int commands) {
    for (int i = 0; i < commands; i++) {
      lab.agree(servers);
    }
  }

  private static void count(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.leader();
    requireCalls("an election", lab.calls(), 1, 30);

    boolean isCounted = false;
    for (int attempt = 0; attempt < TRIES && !isCounted; attempt++) {
      if (attempt > 0) {
        lab.sleep(3_000);
      }
      isCounted = countCommands(lab);
    }
    if (!isCounted) {
      throw new LabFailure("the term changed %d times, and nothing went wrong".formatted(TRIES));
    }

    long before = lab.calls();
    lab.sleep(ELECTION);
    requireCalls("a second without commands", lab.calls() - before, 0, 3 * 20);
  }

  private static boolean countCommands(RaftLab lab) {
    ServerId leader = lab.leader();
    long before = lab.calls();
    LogPosition first = lab.start(leader, lab.command());
    List<Bytes> commands = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      Bytes command = lab.command();
      commands.add(command);
      if (!lab.start(leader, command).equals(new LogPosition(first.index() + i, first.term()))) {
        return false;
      }
    }
    for (int i = 1; i <= 10; i++) {
      Optional<Content> entry = lab.awaitEntry(first.index() + i, lab.size(), first.term());
      if (entry.isEmpty()) {
        return false;
      }
      if (!entry.get().equals(new Content.Command(commands.get(i - 1)))) {
        throw new LabFailure(
            "%s was started as entry %d, where %s is committed"
                .formatted(commands.get(i - 1), first.index() + i, RaftLab.shown(entry.get())));
      }
    }
    requireCalls("agreement on 10 commands", lab.calls() - before, 0, (10 + 1 + 3) * 3);
    return true;
  }

  private static void requireCalls(String what, long calls, int least, int most) {
    if (calls < least || calls > most) {
      throw new LabFailure(
          "%s took %d calls; from %d to %d are right".formatted(what, calls, least, most));
    }
  }
}
