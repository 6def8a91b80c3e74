package dev.labrys.experiment;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.RealTimeline;
import dev.labrys.cluster.Reply;
import dev.labrys.cluster.Standing;
import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Nemesis;
import dev.labrys.workload.Crew;
import dev.labrys.workload.Desk;
import dev.labrys.workload.Scribe;
import dev.labrys.workload.Workload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A run on a real cluster, in real time. All that happens goes into its folder.
final class RealRun implements Run.Performance {
  private static final Duration PREPARATION = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration SILENCE = Duration.ofSeconds(3);
  private static final Duration HEALING = Duration.ofMinutes(5);

  private final Experiment experiment;
  private final RunFolder folder;
  private final Progress progress;
  private final Workload workload;
  private final Seed seed;

  /// Counted down by whoever wants the load to end early.
  private final CountDownLatch enough = new CountDownLatch(1);

  RealRun(Experiment experiment, RunFolder folder, Progress progress, Workload workload) {
    this.experiment = experiment;
    this.folder = folder;
    this.progress = progress;
    this.workload = workload;
    this.seed = new Seed(experiment.seed());
  }

  /// Lets it come to its end soon: what was begun is finished, healed and written down.
  @Override
  public void stop() {
    enough.countDown();
  }

  /// @param registry where running processes are noted
  /// @param tap sees every event of the history, in order
  /// @throws IOException if the cluster could not be started, or what happens not be written down
  @Override
  public void perform(Path registry, Consumer<Event> tap) throws IOException {
    progress.step(
        "starting %d nodes as %s"
            .formatted(experiment.cluster().nodes(), experiment.cluster().deployment()));
    try (Stage stage = Stage.open(experiment, folder, registry)) {
      FaultPlan plan = FaultPlan.of(experiment, stage.cluster().capabilities());
      if (enough.getCount() == 0) {
        throw new InterruptedIOException("the run was ended before it began");
      }
      progress.step("preparing");
      awaitLeader(stage.cluster());
      prepare(stage);
      act(stage, plan, tap);
    } finally {
      progress.step("");
    }
  }

  /// A run begins with a cluster that serves. One that tells nobody who leads is not waited for.
  private void awaitLeader(Cluster cluster) {
    long start = System.nanoTime();
    boolean isTold = false;
    boolean isLed = false;
    while (!isLed && enough.getCount() > 0) {
      long waited = System.nanoTime() - start;
      if (waited > PREPARATION.toNanos() || (!isTold && waited > SILENCE.toNanos())) {
        return;
      }
      for (NodeId node : cluster.nodes()) {
        Optional<Standing> standing = cluster.standing(node);
        isTold |= standing.isPresent();
        isLed |= standing.filter(Standing::isLeader).isPresent();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void prepare(Stage stage) throws IOException {
    try (Client client = stage.client(0, Client.Habit.LEADER)) {
      for (Action action : workload.preparation()) {
        Reply reply = client.invoke(action, PREPARATION);
        if (!(reply.outcome() instanceof Outcome.Ok)) {
          throw new IOException(
              "the cluster could not be prepared: %s of %s: %s"
                  .formatted(action.function(), action.model(), reply.remark()));
        }
      }
    }
  }

  private void act(Stage stage, FaultPlan plan, Consumer<Event> tap) throws IOException {
    AtomicReference<Throwable> bug = new AtomicReference<>();
    long origin = System.nanoTime();
    try (RealTimeline timeline = new RealTimeline(origin, bug::set);
        Recorder recorder = Recorder.toFile(folder.history(), timeline::nowNanos, tap)) {
      Notes.origin(recorder, new Notes.Note.Origin(origin, System.currentTimeMillis()));
      FaultPlan.means(experiment, stage.cluster().capabilities())
          .forEach(each -> Notes.remark(recorder, each));
      CalmWatch calmWatch = new CalmWatch();
      LoadEnd end = new LoadEnd(experiment);
      NodeWatch watch = new NodeWatch(stage.cluster(), recorder, timeline::nowNanos, calmWatch);
      try (Lookout _ = Lookout.begin(watch, stage.cluster().nodes(), recorder, origin);
          FaultFile faults = FaultFile.open(folder, recorder);
          Crew crew = crew(stage, recorder, end)) {
        progress.loadBegins(watch::leader);
        Nemesis nemesis =
            new Nemesis(
                stage.cluster(),
                stage.cluster().nodes(),
                timeline,
                seed.stream("nemesis"),
                recorder,
                incident -> {
                  Notes.happened(recorder, incident);
                  faults.accept(incident);
                  progress.happened(incident);
                });
        new Course(timeline, recorder, nemesis, crew, plan, calmWatch, end).take();
        calmWatch
            .complaint(experiment, stage.cluster().nodes())
            .ifPresent(why -> Notes.stuck(recorder, why));
      }
      if (bug.get() != null) {
        Notes.shortcoming(recorder, "the nemesis failed: " + bug.get());
      }
      Notes.began(recorder, Notes.Phase.OVER);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the run was interrupted");
    }
  }

  private Crew crew(Stage stage, Recorder recorder, LoadEnd end) {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < experiment.load().clients(); i++) {
      clients.add(stage.client(i, experiment.load().habit()));
    }
    return new Crew(
        clients,
        new Scribe(recorder, workload.labels()),
        experiment.load().patience(),
        (_, action, _, endNanos, reply) -> {
          progress.count(reply.outcome());
          end.completed(action, endNanos, reply);
        });
  }

  /// Load with faults, load in calm, a last look.
  private final class Course {
    private final RealTimeline timeline;
    private final Recorder recorder;
    private final Nemesis nemesis;
    private final Crew crew;
    private final FaultPlan plan;
    private final CalmWatch calmWatch;
    private final LoadEnd end;
    private final AtomicBoolean isPlanOver = new AtomicBoolean();
    private final AtomicBoolean isCalm = new AtomicBoolean();

    Course(
        RealTimeline timeline,
        Recorder recorder,
        Nemesis nemesis,
        Crew crew,
        FaultPlan plan,
        CalmWatch calmWatch,
        LoadEnd end) {
      this.timeline = timeline;
      this.recorder = recorder;
      this.nemesis = nemesis;
      this.crew = crew;
      this.plan = plan;
      this.calmWatch = calmWatch;
      this.end = end;
    }

    void take() throws IOException, InterruptedException {
      plan.omitted().forEach(each -> Notes.remark(recorder, each));
      Notes.began(recorder, Notes.Phase.LOAD);
      progress.step("testing");
      timeline.at(0, () -> plan.play(nemesis, progress::completed, this::planIsOver));
      Desk desk =
          new Desk(experiment.paced(workload.load()), seed.stream("workload"), timeline::nowNanos);
      crew.work(desk);
      try {
        await(experiment.calmNanos() - timeline.nowNanos());
        if (!isPlanOver.get()) {
          if (!plan.isFixed()) {
            Notes.shortcoming(recorder, FaultPlan.NOT_OVER);
          }
          heal();
        }
        while (!isCalm.get() && enough.getCount() > 0) {
          await(LOOK_NANOS);
        }
        await(end.earliestNanos() - timeline.nowNanos());
        while (timeline.nowNanos() < end.latestNanos() && !desk.isOver() && enough.getCount() > 0) {
          await(LOOK_NANOS);
        }
      } finally {
        // What was to stay for good stays until here.
        heal();
        crew.stop();
      }
      if (enough.getCount() == 0) {
        Notes.shortcoming(recorder, FaultPlan.ENDED_EARLY);
      }
      crew.await();
      progress.step("reading what is there in the end");
      Notes.began(recorder, Notes.Phase.CLOSING);
      crew.work(new Desk(desk.closing(), seed.stream("closing"), timeline::nowNanos));
      crew.await();
    }

    private void planIsOver() {
      isPlanOver.set(true);
      nemesis.whenSettled(this::calm);
    }

    private void calm() {
      if (isCalm.compareAndSet(false, true)) {
        Notes.began(recorder, Notes.Phase.CALM);
        calmWatch.begin(timeline.nowNanos());
        end.calmBegins(timeline.nowNanos());
      }
    }

    private void heal() throws IOException, InterruptedException {
      CompletableFuture<List<String>> failures = new CompletableFuture<>();
      timeline.at(0, () -> nemesis.healAll(failures::complete));
      try {
        List<String> stays = failures.get(HEALING.toSeconds(), TimeUnit.SECONDS);
        if (!stays.isEmpty()) {
          progress.anomaly("could not be healed: " + String.join("; ", stays));
        }
      } catch (ExecutionException | TimeoutException stuck) {
        throw new IOException("the nemesis does not heal", stuck);
      }
      calm();
    }
  }

  private void await(long nanos) throws InterruptedException {
    if (enough.await(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
      progress.step("ending early");
    }
  }
}
