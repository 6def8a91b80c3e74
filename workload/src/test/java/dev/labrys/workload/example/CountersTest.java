package dev.labrys.workload.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Client;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.workload.Crew;
import dev.labrys.workload.CrewWitness;
import dev.labrys.workload.Desk;
import dev.labrys.workload.Generator;
import dev.labrys.workload.KeyPlan;
import dev.labrys.workload.Pace;
import dev.labrys.workload.Scribe;
import dev.labrys.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CountersTest {
  @Test
  void countersAreCounted() throws InterruptedException {
    Workload workload =
        Workload.of(
            "read-mostly",
            "counters that are read nine times for each increment",
            "counter",
            Generator.keyed(KeyPlan.of(3, 5, 100), new Counters()));

    History history = run(workload, 2_000);

    assertThat(history.operations()).hasSizeGreaterThan(2_000).allMatch(Operation::isOk);
  }

  private static History run(Workload workload, int actions) throws InterruptedException {
    RandomGenerator random = new Seed(1).stream("workload");
    ConcurrentMap<Value, Long> totals = new ConcurrentHashMap<>();
    List<Client> clients = List.of(new MemoryClient(totals), new MemoryClient(totals));
    Recorder recorder = Recorder.inMemory(System::nanoTime);
    Scribe scribe = new Scribe(recorder, workload.labels());
    try (Crew crew = new Crew(clients, scribe, Duration.ofSeconds(2), CrewWitness.NONE)) {
      Generator load = workload.load().paced(Pace.poisson(10_000)).limit(actions);
      Desk desk = new Desk(load, random, System::nanoTime);
      crew.work(desk);
      crew.await();
      crew.work(new Desk(desk.closing(), random, System::nanoTime));
      crew.await();
    }
    return recorder.history();
  }
}
