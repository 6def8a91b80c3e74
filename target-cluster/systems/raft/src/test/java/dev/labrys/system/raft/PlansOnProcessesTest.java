package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.SimTimeline;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident;
import dev.labrys.nemesis.IncidentLog;
import dev.labrys.nemesis.Nemesis;
import dev.labrys.nemesis.Plan;
import dev.labrys.nemesis.Schedule;
import dev.labrys.raft.store.Store;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Plans that look at three of our own servers as processes, and what was found in simulation
/// played on them.
@Timeout(1200)
final class PlansOnProcessesTest {
  private static final Seed SEED = new Seed(20_262);

  @TempDir private Path folder;
  private ToxiproxyServer proxies;
  private ProcessCluster cluster;
  private RaftOverHttp raft;

  @BeforeEach
  void start() throws IOException {
    proxies = Ordeal.proxies();
    LinkProxies links = Ordeal.links(proxies);
    cluster =
        ProcessCluster.start(
            ProcessOptions.of(folder.resolve("run"), 3, folder.resolve("registry"))
                .withLinks(links),
            // A leader that hears nobody stays, so that it can be seen.
            RaftProgram.ofThisJvm("plans", List.of("--raft-option", "check-quorum=false")));
    raft = new RaftOverHttp(node -> cluster.own(node, RaftProgram.HTTP_PORT));
  }

  @AfterEach
  void end() throws IOException {
    if (cluster != null) {
      raft.close();
      cluster.close();
    }
    proxies.close();
  }

  @Test
  void whatAPlanWaitsForIsSeen() throws IOException {
    List<NodeId> nodes = cluster.nodes();
    raft.write(nodes, 1);
    NodeId old = raft.leader(nodes);
    AtomicLong completed = new AtomicLong();
    Plan plan =
        Plan.parse(
            """
            plan:
              - together:
                  - {when: election, fault: "stop:target=one", for: 1s}
                  - when: operations=3
                    fault: pause:target=followers
                    meanwhile:
                      - {when: uncommitted=2, fault: "kill:target=%s", for: 1s}
            end:
              stays: isolate:target=minority,direction=both
            """
                .formatted(old));
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play(plan, completed::get);
      while (ordeal.begun().isEmpty()) {
        raft.sendBriefly(old, "/v1/command", "{\"f\":\"read\",\"key\":\"x\"}");
        completed.incrementAndGet();
      }
      assertThat(completed.get()).isGreaterThanOrEqualTo(3);
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      String json = "{\"f\":\"write\",\"key\":\"x\",\"value\":5}";
      while (ordeal.begun().size() < 2) {
        raft.sendBriefly(old, "/v1/command", json);
      }
      assertThat(ordeal.begun().getLast()).isEqualTo("kill:target=" + old);
      RaftOverHttp.until("the plan is over", ordeal::isPlanOver);
      ordeal.await(Incident.Phase.IN_FORCE, 4);
      assertThat(ordeal.begun())
          .extracting(fault -> fault.substring(0, fault.indexOf(':')))
          .containsExactly("pause", "kill", "stop", "isolate");
      raft.write(nodes, 6);
      ordeal.heal();
    }
    for (NodeId node : nodes) {
      assertThat(raft.read(node)).isEqualTo(RaftOverHttp.found(6));
    }
  }

  @Test
  void whatWasDoneInSimulationIsDoneAgain() throws IOException {
    StringWriter written = new StringWriter();
    List<String> simulated = new ArrayList<>();
    Simulation simulation = Simulation.of(SimulationOptions.of(3, Store::new), SEED);
    SimCluster simulatedCluster = new SimCluster(simulation);
    try (IncidentLog log = new IncidentLog(written)) {
      Nemesis nemesis =
          new Nemesis(
              simulatedCluster,
              simulatedCluster.nodes(),
              new SimTimeline(simulation),
              SEED.stream("nemesis"),
              Recorder.inMemory(simulation::nowNanos),
              incident -> {
                log.accept(incident);
                if (incident.phase() == Incident.Phase.BEGINS) {
                  simulated.add(incident.fault());
                }
              });
      Plan plan =
          Plan.parse(
              """
              plan:
                - when: election
                  fault: isolate:target=leader,direction=both
                  for: 700ms..900ms
                  meanwhile:
                    - {wait: 200ms, at: 600ms}
                    - {fault: "kill:target=one", for: 300ms}
                - {fault: "split:layout=halves", for: 500ms}
                - {fault: "pause:target=minority", for: 300ms, repeat: 2, calm: 200ms}
              """);
      nemesis.play(plan, SEED, () -> 0, () -> {});
      simulation.run(20_000_000_000L);
    }
    assertThat(simulated).hasSize(5);

    Schedule schedule = Schedule.replay(IncidentLog.read(new StringReader(written.toString())));
    List<NodeId> nodes = cluster.nodes();
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play(schedule);
      ordeal.await(Incident.Phase.HEALED, 5);

      assertThat(ordeal.begun()).isEqualTo(simulated);
      ordeal.heal();
      raft.write(nodes, 7);
    }
  }
}
