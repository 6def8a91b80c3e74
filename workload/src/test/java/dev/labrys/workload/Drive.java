package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Asks a generator as a crew would that does everything at once.
final class Drive {
  private final int clients;
  private final RandomGenerator random;

  /// What was given out, and to whom and when.
  record Given(Action action, int client, long timeNanos) {}

  private Drive(int clients, Seed seed) {
    this.clients = clients;
    this.random = seed.stream("workload");
  }

  static Drive of(int clients, long seed) {
    return new Drive(clients, new Seed(seed));
  }

  /// The first `most` actions, one after the other, each client in turn.
  List<Given> given(Generator generator, int most) {
    List<Given> given = new ArrayList<>();
    Generator rest = generator;
    long time = 0;
    long wake = Generator.NO_TIME;
    int vain = 0;
    int client = 0;
    while (given.size() < most && vain < clients) {
      switch (rest.next(new Context(time, client, client, 0), random)) {
        case Generator.Act(Action action, Generator after) -> {
          given.add(new Given(action, client, time));
          rest = after;
          vain = 0;
          wake = Generator.NO_TIME;
        }
        case Generator.Wait(long untilNanos, Generator after, Generator.Whom _) -> {
          rest = after;
          wake = Math.min(wake, untilNanos);
          vain++;
        }
        case Generator.Done _ -> vain = clients;
      }
      if (vain == clients && wake != Generator.NO_TIME) {
        time = wake;
        wake = Generator.NO_TIME;
        vain = 0;
      }
      client = (client + 1) % clients;
    }
    return given;
  }
}
