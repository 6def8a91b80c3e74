package dev.labrys.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.atIndex;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrewTest {
  private static final Action READ = new Action("register", "read", Value.of(1), Value.nil());
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration IMPATIENCE = Duration.ofMillis(50);

  private final Recorder recorder = Recorder.inMemory(System::nanoTime);
  private final Queue<Throwable> told = new ConcurrentLinkedQueue<>();

  @Test
  void theHistoryIsWhatClientsSaw() throws InterruptedException {
    Seed seed = new Seed(5);
    AtomicInteger ids = new AtomicInteger();
    List<Diarist> clients =
        IntStream.range(0, 8)
            .mapToObj(client -> new Diarist(seed.stream("client " + client), ids))
            .toList();
    Generator generator =
        Generator.counting(
                number -> new Action("unique-id", "generate", Value.of(number % 7), Value.nil()))
            .limit(5_000);

    work(clients, PATIENCE, generator);

    List<Operation> operations = recorder.history().operations();
    assertThat(operations).hasSize(5_000);
    for (int client = 0; client < clients.size(); client++) {
      int number = client;
      assertThat(operations)
          .filteredOn(operation -> operation.process() % 8 == number)
          .extracting(operation -> new Line(operation.key(), operation.outcome()))
          .isEqualTo(clients.get(client).diary);
    }
  }

  private record Line(Value key, Outcome outcome) {}

  /// Gives out numbers, loses some answers, refuses sometimes, and writes it all down.
  private static final class Diarist implements Client {
    final List<Line> diary = new ArrayList<>();
    private final RandomGenerator random;
    private final AtomicInteger ids;

    Diarist(RandomGenerator random, AtomicInteger ids) {
      this.random = random;
      this.ids = ids;
    }

    @Override
    public Reply invoke(Action action, Duration patience) {
      Reply reply =
          switch (random.nextInt(10)) {
            case 0 -> Reply.failed("refused");
            case 1 -> Reply.unknown("lost");
            default -> new Reply(Outcome.ok(Value.of(ids.getAndIncrement())), "");
          };
      diary.add(new Line(action.key(), reply.outcome()));
      return reply;
    }

    @Override
    public void close() {}
  }

  @Test
  void processesGoOnFromDeskToDesk() throws InterruptedException {
    try (Crew crew = crew(clients(2, _ -> Reply.unknown("who knows")), PATIENCE)) {
      crew.work(desk(Generator.always(_ -> READ).limit(3)));
      crew.await();
      crew.work(desk(Generator.always(_ -> READ).limit(3)));
      crew.await();
    }

    assertThat(recorder.history().operations())
        .hasSize(6)
        .extracting(Operation::process)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatAClientThrowsIsUnknownAndTold() throws InterruptedException {
    work(
        clients(
            1,
            _ -> {
              throw new IllegalArgumentException("no such thing");
            }),
        PATIENCE,
        Generator.each(List.of(READ, READ)));

    assertThat(told).hasSize(2).hasOnlyElementsOfType(IllegalArgumentException.class);
    assertThat(recorder.history().operations())
        .hasSize(2)
        .extracting(Operation::outcome)
        .containsOnly(Outcome.unknown());
  }

  @Test
  void aClientThatOutstaysItsPatienceIsInterrupted() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);

    work(clients(2, _ -> waitFor(never)), IMPATIENCE, Generator.each(List.of(READ, READ, READ)));

    assertThat(recorder.history().operations())
        .hasSize(3)
        .extracting(Operation::outcome)
        .containsOnly(Outcome.unknown());
    assertThat(told).isEmpty();
  }

  private static Reply waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return Reply.failed("it came");
    } catch (InterruptedException hurry) {
      return Reply.unknown("interrupted");
    }
  }

  @Test
  void aClientThatIgnoresEverythingIsWrittenOffUntilItIsBack() throws InterruptedException {
    CountDownLatch late = new CountDownLatch(1);
    List<Client> clients = new ArrayList<>(clients(1, _ -> waitAnyhow(late)));
    clients.addAll(clients(1, _ -> Reply.failed("no")));

    try (Crew crew = crew(clients, IMPATIENCE)) {
      crew.work(desk(Generator.each(List.of(READ, READ))));
      crew.await();
      assertThat(told).hasSize(1);
      late.countDown();
    }

    assertThat(recorder.history().operations())
        .extracting(Operation::outcome)
        .containsExactlyInAnyOrder(Outcome.unknown(), Outcome.failed());
  }

  private static Reply waitAnyhow(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return Reply.failed("it came, too late");
      } catch (InterruptedException ignored) {
        // That is what it is like.
      }
    }
  }

  @Test
  void whoIsBackWorksOn() throws InterruptedException {
    CountDownLatch late = new CountDownLatch(1);
    Generator generator =
        Generator.phases(
            List.of(Generator.each(List.of(READ)), Generator.always(_ -> READ).limit(3)));
    CrewWitness opener = (client, action, startNanos, endNanos, reply) -> late.countDown();

    try (Crew crew = new Crew(clients(1, _ -> waitAnyhow(late)), plain(), IMPATIENCE, opener)) {
      crew.work(desk(generator));
      crew.await();
    }

    assertThat(recorder.history().operations()).extracting(Operation::process).contains(0, 1);
    assertThat(recorder.history().size()).isEqualTo(4);
  }

  @Test
  void anEndlessGeneratorIsStopped() throws InterruptedException {
    CountDownLatch some = new CountDownLatch(100);

    try (Crew crew = crew(clients(4, _ -> counted(some)), PATIENCE)) {
      crew.work(desk(Generator.always(_ -> READ)));
      some.await();
      crew.stop();
      crew.await();
    }

    assertThat(recorder.history().size()).isGreaterThanOrEqualTo(100);
  }

  private static Reply counted(CountDownLatch latch) {
    latch.countDown();
    return Reply.failed("no");
  }

  @Test
  void waitsForCompletionsAndForTimes() throws InterruptedException {
    Generator late =
        Generator.concat(List.of(new Pause(20_000_000), Generator.always(_ -> READ).limit(5)));

    work(
        clients(3, _ -> Reply.failed("no")),
        PATIENCE,
        Generator.phases(List.of(Generator.always(_ -> READ).limit(5), late)));

    assertThat(recorder.history().size()).isEqualTo(10);
  }

  /// Nothing, until its time.
  private record Pause(long untilNanos) implements Generator {
    @Override
    public Choice next(Context context, RandomGenerator random) {
      return context.timeNanos() < untilNanos ? new Wait(untilNanos, this) : new Done();
    }
  }

  @Test
  void whatIsNoClientsFaultEndsIt() throws InterruptedException {
    Generator broken =
        (_, _) -> {
          throw new IllegalStateException("broken");
        };

    try (Crew crew = crew(clients(3, _ -> Reply.failed("no")), PATIENCE)) {
      crew.work(desk(broken));

      assertThatIllegalStateException().isThrownBy(crew::await).withMessageContaining("broken");
    }
  }

  @Test
  void journalsSayTheModelAndTheReason(@TempDir Path folder)
      throws InterruptedException, IOException {
    Path file = folder.resolve("history.jsonl");
    try (Recorder journal = Recorder.toFile(file, System::nanoTime);
        Crew crew =
            new Crew(
                clients(1, _ -> Reply.failed("no room")),
                new Scribe(journal, Scribe.Labels.MODELS),
                PATIENCE,
                CrewWitness.NONE)) {
      crew.work(desk(Generator.each(List.of(READ))));
      crew.await();
    }

    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .satisfies(line -> assertThat(line).contains("\"model\":\"register\""), atIndex(1))
        .satisfies(line -> assertThat(line).contains("\"error\":\"no room\""), atIndex(2));
  }

  @Test
  void closesItsClients() {
    AtomicInteger closed = new AtomicInteger();
    Client client =
        new Client() {
          @Override
          public Reply invoke(Action action, Duration patience) {
            return Reply.failed("no");
          }

          @Override
          public void close() {
            closed.incrementAndGet();
            throw new IllegalStateException("stuck");
          }
        };

    Crew crew = crew(List.of(client, client), PATIENCE);

    assertThatIllegalStateException().isThrownBy(crew::close).withMessage("stuck");
    assertThat(closed).hasValue(2);
  }

  @Test
  void refusesTwoDesksAtATime() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    try (Crew crew = crew(clients(1, _ -> waitFor(latch)), PATIENCE)) {
      crew.work(desk(Generator.each(List.of(READ))));

      assertThatIllegalStateException().isThrownBy(() -> crew.work(desk(Generator.none())));
      latch.countDown();
      crew.await();
    }
  }

  private void work(List<? extends Client> clients, Duration patience, Generator generator)
      throws InterruptedException {
    try (Crew crew = crew(clients, patience)) {
      crew.work(desk(generator));
      crew.await();
    }
  }

  private Crew crew(List<? extends Client> clients, Duration patience) {
    return new Crew(clients, plain(), patience, new Listener(told));
  }

  private record Listener(Queue<Throwable> told) implements CrewWitness {
    @Override
    public void completed(int client, Action action, long startNanos, long endNanos, Reply reply) {}

    @Override
    public void misbehaved(int client, Action action, Throwable trouble) {
      told.add(trouble);
    }
  }

  private Scribe plain() {
    return new Scribe(recorder, Scribe.Labels.NONE);
  }

  private static Desk desk(Generator generator) {
    return new Desk(generator, new Seed(1).stream("workload"), System::nanoTime);
  }

  private static List<Client> clients(int number, Function<Action, Reply> behaviour) {
    return IntStream.range(0, number).<Client>mapToObj(_ -> new Made(behaviour)).toList();
  }

  private record Made(Function<Action, Reply> behaviour) implements Client {
    @Override
    public Reply invoke(Action action, Duration patience) {
      return behaviour.apply(action);
    }

    @Override
    public void close() {}
  }
}
