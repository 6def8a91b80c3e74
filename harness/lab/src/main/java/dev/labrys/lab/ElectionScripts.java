package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;

import dev.labrys.raft.ServerId;
import java.util.List;

/// Part 2A: elections.
final class ElectionScripts {
  private static final long ELECTION = RaftLab.ELECTION_MILLIS;

  private ElectionScripts() {}

  static List<LabTest> tests() {
    return List.of(
        new LabTest(
            "InitialElection",
            Part.ELECTION,
            3,
            "3 servers elect one leader and stay in its term for 2 s",
            ElectionScripts::initialElection),
        new LabTest(
            "ReElection",
            Part.ELECTION,
            3,
            "a leader cut off is replaced, comes back as a follower; without a majority nobody"
                + " leads",
            ElectionScripts::reElection),
        new LabTest(
            "ManyElections",
            Part.ELECTION,
            7,
            "10 times 3 of 7 servers are cut off, and a leader is there",
            ElectionScripts::manyElections));
  }

  private static void initialElection(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    ServerId leader = lab.leader();
    lab.sleep(50);
    long term = lab.agreedTerm();
    if (term < 1) {
      throw new LabFailure("servers are in term " + term + ", but terms start at 1");
    }
    lab.sleep(2 * ELECTION);
    // The course only warns here, as its machine may have stalled. This one does not stall.
    if (lab.agreedTerm() != term || !lab.leader().equals(leader)) {
      throw new LabFailure(
          "%s led in term %d, nothing went wrong, and now it is term %d"
              .formatted(leader, term, lab.agreedTerm()));
    }
  }

  private static void reElection(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    ServerId first = lab.leader();
    lab.disconnect(first);
    lab.leader();

    lab.connect(first);
    ServerId second = lab.leader();

    ServerId other = lab.after(second, 1);
    lab.disconnect(second);
    lab.disconnect(other);
    lab.sleep(2 * ELECTION);
    lab.requireNoLeader();

    lab.connect(other);
    lab.leader();
    lab.connect(second);
    lab.leader();
  }

  private static void manyElections(LabRun run) {
    RaftLab lab = new RaftLab(run, RELIABLE);
    lab.leader();
    for (int round = 0; round < 10; round++) {
      List<ServerId> cut = List.of(lab.anyServer(), lab.anyServer(), lab.anyServer());
      cut.forEach(lab::disconnect);
      lab.leader();
      cut.forEach(lab::connect);
    }
    lab.leader();
  }
}
