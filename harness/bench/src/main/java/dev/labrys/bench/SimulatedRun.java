package dev.labrys.bench;

import dev.labrys.checker.Checkers;
import dev.labrys.checker.HistorySplit;
import dev.labrys.checker.Models;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Verdict;
import dev.labrys.cluster.sim.ClientOptions;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.SimTimeline;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.cluster.sim.StoreClient;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.ReadOptions;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Menace;
import dev.labrys.nemesis.Nemesis;
import dev.labrys.nemesis.Schedule;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import dev.labrys.workload.CrewWitness;
import dev.labrys.workload.Desk;
import dev.labrys.workload.EventCrew;
import dev.labrys.workload.Generator;
import dev.labrys.workload.Pace;
import dev.labrys.workload.Scribe;
import dev.labrys.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// A workload on a simulated cluster under faults, from the preparation to the verdicts.
final class SimulatedRun {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long PATIENCE = 600 * SECOND;
  private static final int SERVERS = 5;

  /// Clients that give up soon, so that many outcomes are unknown.
  private static final ClientOptions IMPATIENT =
      new ClientOptions(200 * MILLI, 20 * MILLI, 700 * MILLI, ClientOptions.Repetition.ALL);

  private final Setting setting;
  private final Simulation simulation;
  private final SimTimeline timeline;
  private final List<StoreClient> clients;

  /// What it is like.
  ///
  /// @param rate actions per second, if clients manage that many
  /// @param menaces what goes wrong
  record Setting(
      Workload workload,
      int seconds,
      int clients,
      double rate,
      List<Menace> menaces,
      RaftOptions raft,
      Seed seed) {}

  /// What somebody found.
  record Finding(Workload.Judge judge, Verdict verdict) {}

  private SimulatedRun(Setting setting) {
    this.setting = setting;
    this.simulation =
        Simulation.of(
            SimulationOptions.of(SERVERS, () -> new Sessions(new Store())).withRaft(setting.raft()),
            setting.seed());
    this.timeline = new SimTimeline(simulation);
    this.clients =
        IntStream.range(0, setting.clients())
            .mapToObj(_ -> StoreClient.of(simulation, IMPATIENT))
            .toList();
  }

  /// Runs it, and records it into `file`, which must not exist yet.
  static void record(Setting setting, Path file) throws IOException {
    new SimulatedRun(setting).record(file);
  }

  private void record(Path file) throws IOException {
    prepare();
    try (Recorder recorder = Recorder.toFile(file, simulation::nowNanos)) {
      Scribe scribe = new Scribe(recorder, setting.workload().labels());
      EventCrew crew = new EventCrew(clients, timeline, scribe, CrewWitness.NONE);
      SimCluster cluster = new SimCluster(simulation);
      Nemesis nemesis =
          new Nemesis(
              cluster,
              cluster.nodes(),
              timeline,
              setting.seed().stream("nemesis"),
              recorder,
              _ -> {});
      long end = simulation.nowNanos() + setting.seconds() * SECOND;
      nemesis.play(schedule(end));
      Desk load =
          desk(
              setting
                  .workload()
                  .load()
                  .paced(Pace.poisson(setting.rate()))
                  .until(setting.seconds() * SECOND));
      work(crew, load);
      nemesis.healAll(failures -> {
        if (!failures.isEmpty()) {
          throw new IllegalStateException("could not be healed: " + failures);
        }
      });
      simulation.run(5 * SECOND);
      work(crew, desk(load.closing()));
    }
  }

  private Schedule schedule(long end) {
    return Menace.draw(setting.menaces(), setting.seed(), end);
  }

  private void prepare() {
    simulation.run(5 * SECOND);
    try (Recorder unused = Recorder.inMemory(simulation::nowNanos)) {
      List<String> refused = new ArrayList<>();
      EventCrew crew =
          new EventCrew(
              clients,
              timeline,
              new Scribe(unused, Scribe.Labels.NONE),
              (client, action, startNanos, endNanos, reply) -> {
                if (!reply.remark().isEmpty()) {
                  refused.add(action + ": " + reply.remark());
                }
              });
      work(crew, desk(Generator.each(setting.workload().preparation())));
      if (unused.history().operations().stream().anyMatch(operation -> !operation.isOk())) {
        throw new IllegalStateException("the preparation failed: " + refused);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("nothing was written", impossible);
    }
  }

  private Desk desk(Generator generator) {
    return new Desk(generator, setting.seed().stream("workload"), simulation::nowNanos);
  }

  private void work(EventCrew crew, Desk desk) {
    AtomicBoolean isDone = new AtomicBoolean();
    crew.work(desk, () -> isDone.set(true));
    if (!simulation.runUntil(isDone::get, simulation.nowNanos() + PATIENCE)) {
      throw new IllegalStateException("the clients did not come to an end");
    }
  }

  /// What the judges of `workload` find in `file`.
  static List<Finding> judge(Workload workload, Path file, SearchBudget budget) throws IOException {
    HistorySplit split = new HistorySplit();
    HistoryBuilder builder = new HistoryBuilder();
    try (HistoryReader reader = HistoryReader.open(file, ReadOptions.standard())) {
      while (reader.advance()) {
        split.accept(reader.event());
        builder.add(reader.event());
      }
    }
    History whole = builder.build();
    List<Finding> findings = new ArrayList<>();
    for (Workload.Judge judge : workload.judges()) {
      History part =
          switch (workload.labels()) {
            case NONE -> whole;
            case MODELS -> split.part(whole, judge.model());
          };
      findings.add(
          new Finding(
              judge,
              Checkers.named(judge.checker(), Models.named(judge.model()), budget).check(part)));
    }
    return findings;
  }
}
