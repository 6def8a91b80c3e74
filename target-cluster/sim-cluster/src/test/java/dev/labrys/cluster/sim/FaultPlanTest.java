package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultPlanTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<ServerId> FIVE = Stream.of(1, 2, 3, 4, 5).map(ServerId::new).toList();

  private static FaultPlan draw(long seed, FaultMix mix, long seconds) {
    return FaultPlan.draw(
        mix, FIVE, SimRandom.of(new Seed(seed), "plan"), 10 * SECOND, seconds * SECOND);
  }

  @Test
  void theSameSeedGivesTheSamePlan() {
    assertThat(draw(1, FaultMix.ALL, 200)).isEqualTo(draw(1, FaultMix.ALL, 200));
    assertThat(draw(1, FaultMix.ALL, 200)).isNotEqualTo(draw(2, FaultMix.ALL, 200));
  }

  @Test
  void aPlanStaysWithinItsTimeAndNumbers() {
    FaultPlan plan = draw(3, FaultMix.ALL, 2_000);

    assertThat(plan.incidents()).hasSizeGreaterThan(300);
    assertThat(plan.endNanos()).isLessThanOrEqualTo(2_000 * SECOND);
    for (FaultPlan.Incident incident : plan.incidents()) {
      assertThat(incident.fromNanos()).isGreaterThan(10 * SECOND);
      assertThat(
              plan.incidents().stream()
                  .filter(other ->
                      other.fromNanos() <= incident.fromNanos()
                          && other.toNanos() > incident.fromNanos()))
          .hasSizeLessThanOrEqualTo(FaultMix.ALL.mostAtOnce());
    }
  }

  @Test
  void everyFaultComesSometime() {
    Set<String> seen = new TreeSet<>();
    Set<String> first = new TreeSet<>();
    for (FaultPlan.Incident incident : draw(4, FaultMix.ALL, 5_000).incidents()) {
      seen.add(incident.fault().getClass().getSimpleName());
      first.add(incident.fault().text().replaceAll(" .*", ""));
    }

    assertThat(seen)
        .hasSize(
            (int)
                Stream.of(SimFault.class, SimFault.OfOne.class)
                    .flatMap(each -> Stream.of(each.getPermittedSubclasses()))
                    .filter(Class::isRecord)
                    .count());
    assertThat(first)
        .contains("isolate", "nobody", "split", "ring", "cut", "kill", "pause", "hang", "weather:");
  }

  @Test
  void aPlanIsReadable() {
    FaultPlan plan =
        new FaultPlan(
            List.of(
                new FaultPlan.Incident(
                    2 * SECOND, 3 * SECOND, new SimFault.Pause(new Victim.Leader())),
                new FaultPlan.Incident(
                    SECOND,
                    SECOND + 5_000_000,
                    new SimFault.Isolate(
                        new Victim.Server(new ServerId(3)), SimFault.Direction.INBOUND))));

    assertThat(plan)
        .hasToString(
            """
            1.000 s to 1.005 s: n3 hears nobody
            2.000 s to 3.000 s: pause the leader\
            """);
  }

  @Test
  void aSwarmLeavesKindsOut() {
    Set<Integer> sizes = new TreeSet<>();
    for (int seed = 0; seed < 20; seed++) {
      FaultMix some = FaultMix.ALL.swarm(SimRandom.of(new Seed(seed), "swarm"));
      assertThat(FaultMix.ALL.kinds()).containsAll(some.kinds());
      sizes.add(some.kinds().size());
    }

    assertThat(sizes).hasSizeGreaterThan(4);
    assertThatThrownBy(() -> FaultMix.ALL.with(Set.of())).hasMessageContaining("without faults");
  }

  /// Whatever it is, it shows; and when it is healed, the cluster works as before.
  @ParameterizedTest
  @EnumSource
  void everyFaultIsSurvived(FaultMix.Kind kind) {
    List<String> told = new ArrayList<>();
    Simulation simulation =
        Simulation.of(
            SimulationOptions.of(5, () -> new Sessions(new Store()))
                .withObserver(
                    new Observer() {
                      @Override
                      public void fault(long timeNanos, String what) {
                        told.add(what);
                      }
                    }),
            new Seed(kind.name().length()));
    FaultPlan plan =
        FaultPlan.draw(
            FaultMix.ALL.with(EnumSet.of(kind)),
            FIVE,
            simulation.random("plan"),
            2 * SECOND,
            60 * SECOND);
    RegisterScript script = new RegisterScript(3);
    ClientLoad load =
        ClientLoad.open(
            simulation,
            ClientOptions.DEFAULTS,
            client -> StoreCaller.of(client, script),
            50,
            new Delay.Fixed(SECOND / 20));

    plan.play(simulation);
    simulation.runUntil(61 * SECOND);
    long before = load.ok();
    simulation.run(20 * SECOND);

    assertThat(told).hasSizeGreaterThan(10);
    assertThat(told.stream().filter(line -> line.startsWith("begins")).count())
        .isEqualTo(told.stream().filter(line -> line.startsWith("healed")).count());
    assertThat(before).isGreaterThan(100);
    assertThat(load.ok() - before).isGreaterThan(250);
    for (ServerId id : simulation.servers()) {
      assertThat(simulation.server(id).isUp()).isTrue();
      assertThat(simulation.server(id).isPaused()).isFalse();
      assertThat(simulation.network().isIsolated(id)).isFalse();
    }
  }
}
