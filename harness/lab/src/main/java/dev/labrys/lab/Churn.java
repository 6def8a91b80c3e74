package dev.labrys.lab;

import dev.labrys.cluster.sim.Simulation;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Servers that come and go under clients that start commands all the time. What a client has seen
/// to be committed has to be in the log at the end.
final class Churn {
  private static final int CLIENTS = 3;
  private static final int ROUNDS = 20;

  private final RaftLab lab;
  private final List<Bytes> seen = new ArrayList<>();
  private boolean isOver;

  private Churn(RaftLab lab) {
    this.lab = lab;
  }

  static void play(LabRun run, LabNetwork.Quality quality) {
    Churn churn = new Churn(new RaftLab(run, quality));
    for (int client = 0; client < CLIENTS; client++) {
      churn.new Client(client).begin();
    }
    churn.disturb();
    churn.settle();
    churn.judge();
  }

  private void disturb() {
    for (int round = 0; round < ROUNDS; round++) {
      if (lab.chance().permille(200)) {
        lab.disconnect(lab.anyServer());
      }
      if (lab.chance().permille(500)) {
        ServerId server = lab.anyServer();
        if (!lab.isUp(server)) {
          lab.revive(server);
        }
        lab.connect(server);
      }
      if (lab.chance().permille(200)) {
        ServerId server = lab.anyServer();
        if (lab.isUp(server)) {
          lab.crash(server);
        }
      }
      // Long enough for some elections, and too short for others.
      lab.sleep(RaftLab.ELECTION_MILLIS * 7 / 10);
    }
  }

  private void settle() {
    lab.sleep(RaftLab.ELECTION_MILLIS);
    lab.network(LabNetwork.Quality.RELIABLE);
    for (ServerId server : lab.servers()) {
      if (!lab.isUp(server)) {
        lab.revive(server);
      }
      lab.connect(server);
    }
    isOver = true;
    lab.sleep(RaftLab.ELECTION_MILLIS);
  }

  private void judge() {
    if (seen.isEmpty()) {
      throw new LabFailure("no client saw any command committed");
    }
    long last = lab.agree(lab.size());
    Set<Content> log = new HashSet<>();
    for (long index = 1; index <= last; index++) {
      log.add(lab.awaitEntry(index, lab.size()));
    }
    for (Bytes command : seen) {
      if (!log.contains(new Content.Command(command))) {
        throw new LabFailure(
            "%s was seen to be committed, and is not in the log now".formatted(command));
      }
    }
  }

  /// Starts a command wherever it is taken, looks a few times whether it was committed, and goes on
  /// to the next in any case.
  private final class Client {
    private static final long[] LOOK_MILLIS = {10, 20, 50, 100, 200};

    private final Simulation simulation = lab.simulation();
    private final int number;
    private Bytes command = Bytes.EMPTY;
    private long index;
    private int looks;

    Client(int number) {
      this.number = number;
    }

    void begin() {
      if (isOver) {
        return;
      }
      command = lab.command();
      index = 0;
      for (ServerId server : lab.servers()) {
        LogPosition place = lab.start(server, command);
        index = place.equals(LogPosition.ZERO) ? index : place.index();
      }
      looks = 0;
      if (index == 0) {
        simulation.after((79 + 17L * number) * LabRun.MILLI, this::begin);
      } else {
        look();
      }
    }

    private void look() {
      if (lab.applied().servers(index) > 0) {
        if (lab.applied().isAt(index, command)) {
          seen.add(command);
        }
        begin();
      } else if (looks == LOOK_MILLIS.length) {
        begin();
      } else {
        simulation.after(LOOK_MILLIS[looks++] * LabRun.MILLI, this::look);
      }
    }
  }
}
