package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;

import dev.labrys.cluster.sim.Reply;
import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A replicated counter in the hands of a test. An operation is submitted to one server, and ends:
/// with what the counter says, or because that server does not know.
final class MachineLab {
  private static final String COUNTER = "n";
  private static final long POLL_MILLIS = 20;
  private static final long PATIENCE_MILLIS = 10_000;

  private final LabRun run;
  private final Simulation simulation;

  MachineLab(LabRun run) {
    this.run = run;
    this.simulation = run.simulate(run.cluster(Store::new).withWeather(new LabNetwork(RELIABLE)));
  }

  /// An operation that a server was asked for.
  static final class Submission {
    private @Nullable Reply reply;

    private void answered(Reply given) {
      reply = given;
    }

    boolean isEnded() {
      return reply != null;
    }

    /// Whether the operation took effect, as far as is known.
    boolean isDone() {
      return reply instanceof Reply.Output;
    }

    /// What the counter was after it; -1 if nobody knows.
    long total() {
      return reply instanceof Reply.Output(Bytes output) ? MachineLab.total(output) : -1;
    }

    @Override
    public String toString() {
      return reply == null ? "no answer" : reply.toString();
    }
  }

  private static long total(Bytes output) {
    try {
      if (Answer.of(output) instanceof Answer.Found(Datum.Whole(long total))) {
        return total;
      }
    } catch (WireFormatException wrong) {
      throw new LabFailure("the counter gave an answer that is none", wrong);
    }
    throw new LabFailure("the counter gave an answer that is no total");
  }

  List<ServerId> servers() {
    return simulation.servers();
  }

  void sleep(long millis) {
    run.sleep(millis);
  }

  void disconnect(ServerId server) {
    simulation.announce(server + " is cut off");
    simulation.network().isolate(server);
  }

  void connect(ServerId server) {
    simulation.announce(server + " is connected");
    simulation.network().reconnect(server);
  }

  void crashAll() {
    servers().forEach(simulation::powerLoss);
  }

  void startAll() {
    servers().forEach(simulation::start);
  }

  /// The leader of the highest term, awaited for some time.
  ServerId leader() {
    for (long waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
      ServerId newest = ServerId.NOBODY;
      long term = 0;
      for (ServerId id : servers()) {
        Status status = simulation.server(id).status();
        if (status.role() == Status.RoleName.LEADER && status.term() > term) {
          newest = id;
          term = status.term();
        }
      }
      if (!newest.equals(ServerId.NOBODY)) {
        return newest;
      }
      sleep(POLL_MILLIS);
    }
    throw new LabFailure("no leader was elected");
  }

  /// Asks `server` to add `delta`.
  Submission submit(ServerId server, long delta) {
    Submission submission = new Submission();
    simulation
        .server(server)
        .propose(new Command.Add(COUNTER, delta).toBytes(), submission::answered);
    return submission;
  }

  /// Adds 1 by one of `servers`, asking again only if it certainly was not added. What the counter
  /// is then.
  long increment(List<ServerId> servers) {
    Submission last = new Submission();
    for (long waited = 0; waited < PATIENCE_MILLIS; ) {
      for (ServerId server : servers) {
        last = submit(server, 1);
        while (!last.isEnded() && waited < PATIENCE_MILLIS) {
          sleep(POLL_MILLIS);
          waited += POLL_MILLIS;
        }
        if (last.isDone()) {
          return last.total();
        }
      }
      sleep(POLL_MILLIS);
      waited += POLL_MILLIS;
    }
    throw new LabFailure("nobody added 1 in time; the last one asked said: " + last);
  }

  /// The same, and the counter is then `expected`.
  void incrementTo(long expected, List<ServerId> servers) {
    long total = increment(servers);
    if (total != expected) {
      throw new LabFailure("after adding 1 the counter is %d, not %d".formatted(total, expected));
    }
  }

  /// On all servers, the counter is `expected` soon.
  void requireTotal(long expected) {
    for (long waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
      if (servers().stream().allMatch(server -> totalOn(server) == expected)) {
        return;
      }
      sleep(POLL_MILLIS);
    }
    throw new LabFailure(
        "the counter has to be %d on all servers, and is %s"
            .formatted(expected, servers().stream().map(this::totalOn).toList()));
  }

  /// What the counter is on `server`.
  long totalOn(ServerId id) {
    SimServer server = simulation.server(id);
    return total(server.machine().query(new Query.Total(COUNTER).toBytes()));
  }

  /// All of `submissions` have ended.
  void requireEnded(List<Submission> submissions, String when) {
    long open = submissions.stream().filter(submission -> !submission.isEnded()).count();
    if (open > 0) {
      throw new LabFailure(
          "%d of %d operations have not ended %s".formatted(open, submissions.size(), when));
    }
  }
}
