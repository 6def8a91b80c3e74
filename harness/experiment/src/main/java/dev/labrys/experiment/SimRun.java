package dev.labrys.experiment;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.EventClient;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Reply;
import dev.labrys.cluster.sim.ClientOptions;
import dev.labrys.cluster.sim.InvariantViolation;
import dev.labrys.cluster.sim.Invariants;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.SimTimeline;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.cluster.sim.StoreClient;
import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident;
import dev.labrys.nemesis.Nemesis;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import dev.labrys.workload.Desk;
import dev.labrys.workload.EventCrew;
import dev.labrys.workload.Scribe;
import dev.labrys.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A run in simulation: one thread, and a clock that does not wait. Beside what clients see, every
/// promise of Raft is watched from inside.
final class SimRun implements Run.Performance {
  private static final long SECOND = 1_000_000_000L;
  private static final long LOOK_NANOS = SECOND / 10;
  private static final long PREPARATION_NANOS = 60 * SECOND;
  private static final long CLOSING_NANOS = 120 * SECOND;

  private final Experiment experiment;
  private final RunFolder folder;
  private final Progress progress;
  private final Workload workload;
  private final Seed seed;
  private volatile boolean isStopped;

  SimRun(Experiment experiment, RunFolder folder, Progress progress, Workload workload) {
    this.experiment = experiment;
    this.folder = folder;
    this.progress = progress;
    this.workload = workload;
    this.seed = new Seed(experiment.seed());
  }

  @Override
  public void stop() {
    isStopped = true;
  }

  @Override
  public void perform(Path registry, Consumer<Event> tap) throws IOException {
    FaultPlan plan = FaultPlan.of(experiment, SimCluster.CAPABILITIES);
    RaftOptions raft = RaftOptions.DEFAULTS.withAll(experiment.cluster().raftOptions());
    Invariants invariants = Invariants.of(raft, seed);
    Simulation simulation =
        Simulation.of(
            SimulationOptions.of(
                    experiment.cluster().nodes(), invariants.watch(Sessions::new, Store::new))
                .withRaft(raft)
                .withObserver(invariants),
            seed);
    progress.step("preparing");
    prepare(simulation);
    long origin = simulation.nowNanos();
    try (Recorder recorder =
            Recorder.toFile(folder.history(), () -> simulation.nowNanos() - origin, tap);
        FaultFile faults = FaultFile.open(folder, recorder)) {
      Notes.origin(recorder, new Notes.Note.Origin(origin, 0));
      try {
        new Course(simulation, recorder, faults, origin).take(plan);
      } catch (InvariantViolation violation) {
        Notes.broken(recorder, String.valueOf(violation.getMessage()));
      }
      Notes.began(recorder, Notes.Phase.OVER);
    }
  }

  private void prepare(Simulation simulation) throws IOException {
    EventClient client = StoreClient.of(simulation, clientOptions());
    for (Action action : workload.preparation()) {
      AtomicReference<Reply> reply = new AtomicReference<>();
      client.invoke(action, reply::set);
      simulation.runUntil(() -> reply.get() != null, simulation.nowNanos() + PREPARATION_NANOS);
      Reply told = reply.get();
      if (told == null || !(told.outcome() instanceof Outcome.Ok)) {
        throw new IOException("the cluster could not be prepared: " + action);
      }
    }
  }

  private StoreClient client(Simulation simulation, int number) {
    List<ServerId> servers = simulation.servers();
    return switch (experiment.load().habit()) {
      case LEADER -> StoreClient.of(simulation, clientOptions());
      case OWN_NODE ->
          StoreClient.of(simulation, clientOptions(), servers.get(number % servers.size()));
    };
  }

  private ClientOptions clientOptions() {
    ClientOptions usual = ClientOptions.DEFAULTS;
    return new ClientOptions(
        usual.attemptNanos(),
        usual.pauseNanos(),
        experiment.load().patience().toNanos(),
        usual.repetition());
  }

  /// Load with faults, load in calm, a last look.
  private final class Course {
    private final Simulation simulation;
    private final Recorder recorder;
    private final long origin;
    private final SimCluster cluster;
    private final ShiftedTimeline timeline;
    private final CalmWatch calmWatch = new CalmWatch();
    private final LoadEnd end = new LoadEnd(experiment);
    private final NodeWatch watch;
    private final EventCrew crew;
    private final FaultFile faults;
    private boolean isIdle;
    private boolean isPlanOver;
    private boolean isCalm;

    Course(Simulation simulation, Recorder recorder, FaultFile faults, long origin) {
      this.simulation = simulation;
      this.recorder = recorder;
      this.faults = faults;
      this.origin = origin;
      this.cluster = new SimCluster(simulation);
      this.timeline = new ShiftedTimeline(new SimTimeline(simulation), origin);
      this.watch = new NodeWatch(cluster, recorder, timeline::nowNanos, calmWatch);
      List<EventClient> clients = new ArrayList<>();
      for (int i = 0; i < experiment.load().clients(); i++) {
        clients.add(client(simulation, i));
      }
      this.crew =
          new EventCrew(
              clients,
              timeline,
              new Scribe(recorder, workload.labels()),
              (_, action, _, endNanos, reply) -> {
                progress.count(reply.outcome());
                end.completed(action, endNanos, reply);
              });
    }

    void take(FaultPlan plan) {
      Nemesis nemesis =
          new Nemesis(
              cluster, cluster.nodes(), timeline, seed.stream("nemesis"), recorder, this::happened);
      progress.step("testing");
      progress.loadBegins(watch::leader);
      plan.omitted().forEach(each -> Notes.remark(recorder, each));
      Notes.began(recorder, Notes.Phase.LOAD);
      look();
      plan.play(
          nemesis,
          progress::completed,
          () -> {
            isPlanOver = true;
            nemesis.whenSettled(this::calm);
          });
      Desk desk =
          new Desk(experiment.paced(workload.load()), seed.stream("workload"), timeline::nowNanos);
      crew.work(desk, () -> isIdle = true);
      runUntil(experiment.calmNanos());
      if (!isPlanOver) {
        if (!plan.isFixed()) {
          Notes.shortcoming(recorder, FaultPlan.NOT_OVER);
        }
        heal(nemesis);
      }
      while (!isCalm && !isStopped) {
        runUntil(timeline.nowNanos() + LOOK_NANOS);
      }
      runUntil(end.earliestNanos());
      while (timeline.nowNanos() < end.latestNanos() && !desk.isOver() && !isStopped) {
        runUntil(timeline.nowNanos() + LOOK_NANOS);
      }
      // What was to stay for good stays until here.
      heal(nemesis);
      crew.stop();
      if (isStopped) {
        Notes.shortcoming(recorder, FaultPlan.ENDED_EARLY);
      }
      runUntilIdle();
      progress.step("reading what is there in the end");
      Notes.began(recorder, Notes.Phase.CLOSING);
      isIdle = false;
      crew.work(
          new Desk(desk.closing(), seed.stream("closing"), timeline::nowNanos),
          () -> isIdle = true);
      runUntilIdle();
      calmWatch.complaint(experiment, cluster.nodes()).ifPresent(why -> Notes.stuck(recorder, why));
    }

    private void heal(Nemesis nemesis) {
      nemesis.healAll(stays -> {
        if (!stays.isEmpty()) {
          progress.anomaly("could not be healed: " + String.join("; ", stays));
        }
      });
      calm();
    }

    private void calm() {
      if (!isCalm) {
        isCalm = true;
        Notes.began(recorder, Notes.Phase.CALM);
        calmWatch.begin(timeline.nowNanos());
        end.calmBegins(timeline.nowNanos());
      }
    }

    private void happened(Incident incident) {
      Notes.happened(recorder, incident);
      faults.accept(incident);
      progress.happened(incident);
    }

    private void look() {
      cluster.nodes().forEach((NodeId node) -> watch.look(node));
      timeline.at(timeline.nowNanos() + LOOK_NANOS, this::look);
    }

    /// In small steps, so that somebody may have enough.
    private void runUntil(long time) {
      while (timeline.nowNanos() < time && !isStopped) {
        simulation.runUntil(Math.min(origin + time, simulation.nowNanos() + LOOK_NANOS));
      }
    }

    private void runUntilIdle() {
      if (!simulation.runUntil(() -> isIdle, simulation.nowNanos() + CLOSING_NANOS)) {
        throw new IllegalStateException("clients are still at work after two minutes");
      }
    }
  }
}
