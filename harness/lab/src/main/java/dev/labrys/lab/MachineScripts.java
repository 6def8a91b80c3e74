package dev.labrys.lab;

import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;

/// Part 4A: a replicated state machine that operations are submitted to, and waited for.
final class MachineScripts {
  private static final int MANY = 100;

  private MachineScripts() {}

  static List<LabTest> tests() {
    return List.of(
        test("Basic", "10 operations in a row take effect everywhere", MachineScripts::basic),
        test(
            "Concurrent",
            "50 operations at the same time take effect once each",
            MachineScripts::concurrent),
        test(
            "LeaderFailure",
            "operations go on without the leader, which hears of them later",
            MachineScripts::leaderFailure),
        test(
            "LeaderPartition",
            "100 operations that a minority is asked for have no effect, and end after the heal",
            MachineScripts::leaderPartition),
        test(
            "RestartReplay",
            "100 operations are all there after all servers crash",
            MachineScripts::restartReplay),
        test(
            "Shutdown",
            "100 operations under way end when all servers do",
            MachineScripts::shutdown),
        test(
            "RestartSubmit",
            "all servers crash twice, the second time under 100 operations",
            MachineScripts::restartSubmit));
  }

  private static LabTest test(String title, String demand, LabTest.Script script) {
    return new LabTest(title, Part.MACHINE, 3, demand, script);
  }

  private static void basic(LabRun run) {
    MachineLab lab = new MachineLab(run);
    for (int i = 1; i <= 10; i++) {
      lab.incrementTo(i, lab.servers());
      lab.requireTotal(i);
    }
  }

  private static void concurrent(LabRun run) {
    int operations = 50;
    MachineLab lab = new MachineLab(run);
    List<MachineLab.Submission> submissions = submitMany(lab, lab.leader(), operations, 1);
    lab.requireTotal(operations);
    lab.requireEnded(submissions, "though all have taken effect");
    long different =
        submissions.stream().mapToLong(MachineLab.Submission::total).distinct().count();
    if (different != operations) {
      throw new LabFailure(
          "%d operations saw %d different totals".formatted(operations, different));
    }
  }

  private static List<MachineLab.Submission> submitMany(
      MachineLab lab, ServerId server, int operations, long delta) {
    List<MachineLab.Submission> submissions = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      submissions.add(lab.submit(server, delta));
    }
    return submissions;
  }

  private static void leaderFailure(LabRun run) {
    MachineLab lab = new MachineLab(run);
    lab.incrementTo(1, lab.servers());
    ServerId leader = lab.leader();
    lab.disconnect(leader);
    lab.incrementTo(2, others(lab, leader));
    lab.connect(leader);
    lab.requireTotal(2);
  }

  private static List<ServerId> others(MachineLab lab, ServerId one) {
    return lab.servers().stream().filter(server -> !server.equals(one)).toList();
  }

  private static void leaderPartition(LabRun run) {
    MachineLab lab = new MachineLab(run);
    lab.incrementTo(1, lab.servers());
    ServerId leader = lab.leader();
    lab.disconnect(leader);
    List<MachineLab.Submission> vain = submitMany(lab, leader, MANY, -1);
    lab.incrementTo(2, others(lab, leader));
    lab.sleep(RaftLab.ELECTION_MILLIS);
    if (vain.stream().anyMatch(MachineLab.Submission::isDone)) {
      throw new LabFailure("a server without a majority executed an operation");
    }
    lab.connect(leader);
    lab.sleep(RaftLab.ELECTION_MILLIS);
    lab.requireEnded(vain, "a second after the network was healed");
    lab.incrementTo(3, lab.servers());
    lab.requireTotal(3);
  }

  private static void restartReplay(LabRun run) {
    MachineLab lab = new MachineLab(run);
    incrementMany(lab);
    lab.crashAll();
    lab.startAll();
    lab.incrementTo(MANY + 1, lab.servers());
    lab.requireTotal(MANY + 1);
  }

  private static void incrementMany(MachineLab lab) {
    for (int i = 1; i <= MANY; i++) {
      lab.incrementTo(i, lab.servers());
    }
    lab.requireTotal(MANY);
  }

  private static void shutdown(LabRun run) {
    MachineLab lab = new MachineLab(run);
    List<MachineLab.Submission> submissions = submitMany(lab, lab.leader(), MANY, 1);
    lab.crashAll();
    lab.requireEnded(submissions, "though all servers have");
  }

  private static void restartSubmit(LabRun run) {
    MachineLab lab = new MachineLab(run);
    incrementMany(lab);
    lab.crashAll();
    lab.startAll();
    lab.incrementTo(MANY + 1, lab.servers());

    List<MachineLab.Submission> submissions = submitMany(lab, lab.leader(), MANY, 1);
    lab.sleep(7);
    lab.crashAll();
    lab.requireEnded(submissions, "though all servers have");
    long done = submissions.stream().filter(MachineLab.Submission::isDone).count();
    lab.startAll();
    long total = lab.increment(lab.servers());
    if (total < MANY + 2 + done || total > 2 * MANY + 2) {
      throw new LabFailure(
          "%d operations of %d were acknowledged before all servers crashed, and the counter is %d"
              .formatted(done, MANY, total));
    }
    lab.requireTotal(total);
  }
}
