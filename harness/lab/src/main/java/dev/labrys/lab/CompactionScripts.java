package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;
import static dev.labrys.lab.LabNetwork.Quality.UNRELIABLE;

import dev.labrys.raft.ServerId;
import java.util.List;

/// Part 2D: servers that replace their logs by snapshots.
final class CompactionScripts {
  private static final int ROUNDS = 30;

  /// Entries from snapshot to snapshot.
  private static final int INTERVAL = 10;

  private static final long MOST_LOG_BYTES = 2_000;

  /// What becomes of a server while the others go on.
  private enum Victim {
    NONE,
    CUT_OFF,
    CRASHED
  }

  private CompactionScripts() {}

  static List<LabTest> tests() {
    return List.of(
        test(
            "SnapshotBasic",
            3,
            "logs stay below 2,000 bytes",
            run -> catchUp(run, Victim.NONE, RELIABLE)),
        test(
            "SnapshotInstall",
            3,
            "30 times a server is cut off, and catches up by snapshot",
            run -> catchUp(run, Victim.CUT_OFF, RELIABLE)),
        test(
            "SnapshotInstallUnreliable",
            3,
            "the same on a bad network",
            run -> catchUp(run, Victim.CUT_OFF, UNRELIABLE)),
        test(
            "SnapshotInstallCrash",
            3,
            "30 times a server crashes, and catches up by snapshot",
            run -> catchUp(run, Victim.CRASHED, RELIABLE)),
        test(
            "SnapshotInstallUnCrash",
            3,
            "the same on a bad network",
            run -> catchUp(run, Victim.CRASHED, UNRELIABLE)),
        test(
            "SnapshotAllCrash",
            3,
            "5 times all crash, and indices never go back",
            CompactionScripts::allCrash),
        test(
            "SnapshotInit",
            3,
            "all crash right after a snapshot, twice",
            CompactionScripts::startFromSnapshot));
  }

  private static LabTest test(String title, int servers, String demand, LabTest.Script script) {
    return new LabTest(title, Part.COMPACTION, servers, demand, script);
  }

  private static void catchUp(LabRun run, Victim kind, LabNetwork.Quality quality) {
    Snapshots snapshots = Snapshots.every(INTERVAL, run.servers());
    RaftLab lab = new RaftLab(run, quality, snapshots);
    lab.agree(3);
    ServerId leader = lab.leader();
    for (int round = 0; round < ROUNDS; round++) {
      boolean isLeaderVictim = round % 3 == 1;
      ServerId victim = isLeaderVictim ? leader : lab.after(leader, 1);
      ServerId sender = isLeaderVictim ? lab.after(leader, 1) : leader;
      switch (kind) {
        case NONE -> {}
        case CUT_OFF -> {
          lab.disconnect(victim);
          lab.agree(2);
        }
        case CRASHED -> {
          lab.crash(victim);
          lab.agree(2);
        }
      }
      for (int i = INTERVAL / 2 + lab.chance().below(INTERVAL); i > 0; i--) {
        lab.start(sender, lab.command());
      }
      lab.agree(kind == Victim.NONE ? 3 : 2);
      snapshots.requireLogsBelow(MOST_LOG_BYTES);
      if (kind != Victim.NONE) {
        comeBack(lab, victim);
        leader = lab.leader();
      }
    }
    snapshots.requireTaken();
    if (kind != Victim.NONE) {
      snapshots.requireInstalled();
    }
  }

  private static void comeBack(RaftLab lab, ServerId victim) {
    if (!lab.isUp(victim)) {
      lab.revive(victim);
    }
    lab.connect(victim);
    lab.agree(3);
  }

  private static void allCrash(LabRun run) {
    Snapshots snapshots = Snapshots.every(INTERVAL, run.servers());
    RaftLab lab = new RaftLab(run, RELIABLE, snapshots);
    lab.agree(3);
    for (int round = 0; round < 5; round++) {
      for (int i = 5 + lab.chance().below(10); i > 0; i--) {
        lab.agree(3);
      }
      long before = lab.agree(3);
      lab.restartAll();
      long after = lab.agree(3);
      if (after <= before) {
        throw new LabFailure(
            "entry %d was committed, all servers restarted, and the next entry is %d"
                .formatted(before, after));
      }
    }
    snapshots.requireTaken();
  }

  private static void startFromSnapshot(LabRun run) {
    Snapshots snapshots = Snapshots.every(INTERVAL, run.servers());
    RaftLab lab = new RaftLab(run, RELIABLE, snapshots);
    for (int i = 0; i < INTERVAL + 1; i++) {
      lab.agree(3);
    }
    snapshots.requireTaken();
    lab.restartAll();
    // One command only, so that no snapshot is taken before the next crash.
    lab.agree(3);
    lab.restartAll();
    lab.agree(3);
  }
}
