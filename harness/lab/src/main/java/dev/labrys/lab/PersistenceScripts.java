package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;
import static dev.labrys.lab.LabNetwork.Quality.UNRELIABLE;

import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Part 2C: what survives crashes, and bad networks.
final class PersistenceScripts {
  private static final long ELECTION = RaftLab.ELECTION_MILLIS;
  private static final int ROUNDS = 1_000;

  private PersistenceScripts() {}

  static List<LabTest> tests() {
    return List.of(
        test(
            "Persist1",
            3,
            "a cluster goes on after its servers restart, all at once or one by one",
            PersistenceScripts::persist1),
        test(
            "Persist2",
            5,
            "5 rounds of servers that restart by twos and threes",
            PersistenceScripts::persist2),
        test(
            "Persist3",
            3,
            "leader and follower crash, and come back to one who missed something",
            PersistenceScripts::persist3),
        test(
            "Figure8",
            5,
            "1,000 rounds of leaders that crash between append and commit (Figure 8)",
            PersistenceScripts::figure8),
        test(
            "UnreliableAgree",
            5,
            "245 commands, 5 at a time, on a bad network",
            PersistenceScripts::unreliableAgree),
        test(
            "Figure8Unreliable",
            5,
            "1,000 rounds of leaders cut off, and replies up to 2 s late",
            PersistenceScripts::figure8Unreliable),
        test(
            "ReliableChurn",
            5,
            "servers come and go under 3 clients; nothing is lost that they saw",
            run -> Churn.play(run, RELIABLE)),
        test(
            "UnreliableChurn", 5, "the same on a bad network", run -> Churn.play(run, UNRELIABLE)));
  }

  private static LabTest test(String title, int servers, String demand, LabTest.Script script) {
    return new LabTest(title, Part.PERSISTENCE, servers, demand, script);
  }

  private static void persist1(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agree(3);
    lab.restartAll();
    lab.agree(3);

    lab.restart(lab.leader());
    lab.agree(3);

    ServerId leader = lab.leader();
    lab.disconnect(leader);
    lab.agree(2);
    lab.restart(leader);
    lab.awaitEntry(4, 3);

    ServerId follower = lab.after(lab.leader(), 1);
    lab.disconnect(follower);
    lab.agree(2);
    lab.restart(follower);
    lab.agree(3);
  }

  private static void persist2(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    for (int round = 0; round < 5; round++) {
      lab.agree(5);
      ServerId leader = lab.leader();
      lab.disconnect(lab.after(leader, 1));
      lab.disconnect(lab.after(leader, 2));
      lab.agree(3);

      lab.disconnect(leader);
      lab.disconnect(lab.after(leader, 3));
      lab.disconnect(lab.after(leader, 4));
      lab.restart(lab.after(leader, 1));
      lab.restart(lab.after(leader, 2));
      lab.sleep(ELECTION);
      lab.restart(lab.after(leader, 3));
      lab.agree(3);

      lab.connect(lab.after(leader, 4));
      lab.connect(leader);
    }
    lab.agree(5);
  }

  private static void persist3(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agree(3);
    ServerId leader = lab.leader();
    ServerId behind = lab.after(leader, 2);
    ServerId other = lab.after(leader, 1);
    lab.disconnect(behind);
    lab.agree(2);

    lab.crash(leader);
    lab.crash(other);
    lab.connect(behind);
    lab.revive(leader);
    lab.agree(2);
    lab.revive(other);
    lab.agree(3);
  }

  private static void figure8(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.agree(1);
    int up = 5;
    for (int round = 0; round < ROUNDS; round++) {
      Optional<ServerId> leader = startEverywhere(lab, lab::isUp);
      pauseALittle(lab);
      if (leader.isPresent()) {
        lab.crash(leader.get());
        up--;
      }
      if (up < 3) {
        ServerId server = lab.anyServer();
        if (!lab.isUp(server)) {
          lab.revive(server);
          up++;
        }
      }
    }
    lab.servers().stream().filter(server -> !lab.isUp(server)).forEach(lab::revive);
    lab.agree(5);
  }

  /// Starts a command on every server that is up; the last of `candidates` that took it.
  private static Optional<ServerId> startEverywhere(RaftLab lab, Predicate<ServerId> candidates) {
    Optional<ServerId> last = Optional.empty();
    for (ServerId server : lab.servers()) {
      boolean isTaken = !lab.start(server, lab.command()).equals(LogPosition.ZERO);
      if (isTaken && candidates.test(server)) {
        last = Optional.of(server);
      }
    }
    return last;
  }

  /// Mostly less than a command takes to be committed, at times long enough for an election.
  private static void pauseALittle(RaftLab lab) {
    lab.sleep(lab.chance().permille(100) ? lab.chance().below(500) : lab.chance().below(13));
  }

  private static void unreliableAgree(LabRun run) {
    RaftLab lab = new RaftLab(run, UNRELIABLE);
    for (int round = 1; round < 50; round++) {
      for (int i = 0; i < 4; i++) {
        lab.agreeing(1, Agreement.Retry.ALWAYS);
      }
      lab.agree(1);
    }
    lab.network(RELIABLE);
    lab.awaitAll();
    lab.agree(5);
  }

  private static void figure8Unreliable(LabRun run) {
    RaftLab lab = new RaftLab(run, UNRELIABLE);
    lab.agree(1);
    int up = 5;
    for (int round = 0; round < ROUNDS; round++) {
      if (round == 200) {
        lab.reorderReplies();
      }
      Optional<ServerId> leader = startEverywhere(lab, lab::isConnected);
      pauseALittle(lab);
      if (leader.isPresent() && lab.chance().permille(500)) {
        lab.disconnect(leader.get());
        up--;
      }
      if (up < 3) {
        ServerId server = lab.anyServer();
        if (!lab.isConnected(server)) {
          lab.connect(server);
          up++;
        }
      }
    }
    lab.servers().forEach(lab::connect);
    lab.agree(5);
  }
}
