package dev.labrys.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.EventClient;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Event;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EventCrewTest {
  private static final Action READ = new Action("register", "read", Value.of(1), Value.nil());

  private final PlannedTime time = new PlannedTime();
  private final Recorder recorder = Recorder.inMemory(time::nowNanos);
  private final Scribe scribe = new Scribe(recorder, Scribe.Labels.NONE);
  private final AtomicInteger ends = new AtomicInteger();

  @Test
  void theSameSeedMakesTheSameHistory() {
    assertThat(journal(3)).isEqualTo(journal(3)).isNotEqualTo(journal(4)).hasSizeGreaterThan(100);
  }

  private static List<Event> journal(long number) {
    Seed seed = new Seed(number);
    PlannedTime time = new PlannedTime();
    Recorder recorder = Recorder.inMemory(time::nowNanos);
    List<EventClient> clients =
        IntStream.range(0, 5)
            .<EventClient>mapToObj(client -> new Fickle(time, seed.stream("client " + client)))
            .toList();
    EventCrew crew =
        new EventCrew(clients, time, new Scribe(recorder, Scribe.Labels.MODELS), CrewWitness.NONE);
    Generator generator = Generator.always(EventCrewTest::drawn).limit(100);
    crew.work(desk(generator, time, seed), () -> {});
    time.runUntil(Long.MAX_VALUE / 2);
    return recorder.history().journal();
  }

  private static Action drawn(RandomGenerator random) {
    return new Action("register", "write", Value.of(random.nextInt(3)), Value.of(random.nextInt()));
  }

  /// Takes its time, and does not know what became of every fourth action.
  private record Fickle(PlannedTime time, RandomGenerator random) implements EventClient {
    @Override
    public void invoke(Action action, Consumer<Reply> then) {
      Reply reply =
          random.nextInt(4) == 0
              ? Reply.unknown("lost")
              : new Reply(Outcome.ok(Value.of(random.nextInt())), "");
      time.at(time.nowNanos() + random.nextInt(1_000), () -> then.accept(reply));
    }
  }

  @Test
  void clientsThatAreDoneAtOnceGrowNoStack() {
    EventCrew crew = crew(2, (action, then) -> then.accept(Reply.failed("no")));

    crew.work(desk(Generator.always(_ -> READ).limit(100_000)), ends::incrementAndGet);

    assertThat(ends).hasValue(1);
    assertThat(recorder.history().size()).isEqualTo(100_000);
  }

  @Test
  void processesGoOnFromDeskToDesk() {
    EventCrew crew = crew(2, (action, then) -> then.accept(Reply.unknown("who knows")));

    crew.work(desk(Generator.each(List.of(READ, READ))), () -> {});
    crew.work(desk(Generator.each(List.of(READ, READ))), () -> {});

    assertThat(recorder.history().operations())
        .extracting(Operation::process)
        .doesNotHaveDuplicates()
        .allMatch(process -> process < 8);
  }

  @Test
  void generatorsThatWaitAreAskedAtTheirTime() {
    time.runUntil(50);
    EventCrew crew = crew(3, (action, then) -> then.accept(Reply.failed("no")));

    crew.work(desk(new Noon()), ends::incrementAndGet);
    time.runUntil(1_049);
    assertThat(recorder.history().size()).isZero();
    time.runUntil(1_050);

    assertThat(recorder.history().size()).isEqualTo(1);
    assertThat(ends).hasValue(1);
  }

  /// One read, 1,000 ns after the start.
  private record Noon() implements Generator {
    @Override
    public Choice next(Context context, RandomGenerator random) {
      return context.timeNanos() < 1_000 ? new Wait(1_000, this) : new Act(READ, Generator.none());
    }
  }

  @Test
  void whatAClientThrowsIsUnknown() {
    List<Throwable> told = new ArrayList<>();
    EventCrew crew =
        new EventCrew(
            List.of((_, _) -> {
              throw new IllegalArgumentException("no such thing");
            }),
            time,
            scribe,
            new Listener(told));

    crew.work(desk(Generator.each(List.of(READ))), ends::incrementAndGet);

    assertThat(told).singleElement().isInstanceOf(IllegalArgumentException.class);
    assertThat(recorder.history().operations())
        .singleElement()
        .extracting(Operation::outcome)
        .isEqualTo(Outcome.unknown());
    assertThat(ends).hasValue(1);
  }

  private record Listener(List<Throwable> told) implements CrewWitness {
    @Override
    public void completed(int client, Action action, long startNanos, long endNanos, Reply reply) {}

    @Override
    public void misbehaved(int client, Action action, Throwable trouble) {
      told.add(trouble);
    }
  }

  @Test
  void stoppingLetsWhatIsUnderWayEnd() {
    EventCrew crew =
        crew(3, (action, then) -> time.at(time.nowNanos() + 7, () -> then.accept(ok())));
    crew.work(desk(Generator.always(_ -> READ)), ends::incrementAndGet);
    time.runUntil(3);

    crew.stop();
    assertThat(ends).hasValue(0);
    time.runUntil(10);

    assertThat(ends).hasValue(1);
    assertThat(recorder.history().operations()).hasSize(3).allMatch(Operation::isOk);
  }

  @Test
  void refusesTwoDesksAtATime() {
    EventCrew crew = crew(1, (action, then) -> {});
    crew.work(desk(Generator.each(List.of(READ))), () -> {});

    assertThatIllegalStateException().isThrownBy(() -> crew.work(desk(Generator.none()), () -> {}));
  }

  private static Reply ok() {
    return new Reply(Outcome.ok(Value.nil()), "");
  }

  private EventCrew crew(int clients, EventClient client) {
    return new EventCrew(
        IntStream.range(0, clients).mapToObj(_ -> client).toList(), time, scribe, CrewWitness.NONE);
  }

  private Desk desk(Generator generator) {
    return desk(generator, time, new Seed(1));
  }

  private static Desk desk(Generator generator, PlannedTime time, Seed seed) {
    return new Desk(generator, seed.stream("workload"), time::nowNanos);
  }
}
