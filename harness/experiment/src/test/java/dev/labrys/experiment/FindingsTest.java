package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Status;
import dev.labrys.history.History;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import dev.labrys.nemesis.Incident;
import dev.labrys.report.RunReport;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is found of a run beside what its clients were told: each finding both ways.
final class FindingsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String CUT = "isolate:target=n1,direction=both";

  private final AtomicLong clock = new AtomicLong();
  private final Recorder recorder = Recorder.inMemory(clock::get);

  /// A run in which all is well: ten writes a second, a fault from 5 s to 8 s, calm from 10 s on.
  private void goodRun() {
    Notes.began(recorder, Notes.Phase.LOAD);
    leads("n1", 1);
    writes(0, 5);
    fault(1);
    asks();
    leads("n2", 2);
    clock.set(6 * SECOND);
    recorder.fail(2);
    writes(6, 8);
    heal(1);
    writes(8, 10);
    Notes.began(recorder, Notes.Phase.CALM);
    writes(10, 15);
    Notes.began(recorder, Notes.Phase.CLOSING);
    Notes.began(recorder, Notes.Phase.OVER);
  }

  private void leads(String node, long term) {
    Notes.seen(recorder, node, new Notes.Note.Seen(node, Notes.Sight.LEADS, term));
  }

  private void writes(int from, int to) {
    for (long time = from * SECOND; time < to * SECOND; time += SECOND / 10) {
      clock.set(time);
      recorder.invoke(1, "write", Value.nil(), Value.of(time));
      clock.set(time + SECOND / 100);
      recorder.ok(1, Value.nil());
    }
    clock.set(to * SECOND);
  }

  /// Somebody asks and waits.
  private void asks() {
    recorder.invoke(2, "write", Value.nil(), Value.of("in vain"));
  }

  private void fault(int entry) {
    happened(entry, Incident.Phase.BEGINS, "");
    recorder.faultStarted(CUT, Value.sequence(Value.of("n1")));
    happened(entry, Incident.Phase.IN_FORCE, "");
  }

  private void heal(int entry) {
    happened(entry, Incident.Phase.HEALING, "");
    recorder.faultHealed(1);
    happened(entry, Incident.Phase.HEALED, "");
  }

  private void happened(int entry, Incident.Phase phase, String detail) {
    Notes.happened(recorder, new Incident(clock.get(), entry, phase, CUT, detail));
  }

  private RunReport.Finding finding(String name) {
    History history = recorder.history();
    Findings findings =
        new Findings(Samples.simulated("register", "partition", 1), history, Chronicle.of(history));
    return findings.all().stream()
        .filter(each -> each.checker().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGoodRunIsValidInAll() {
    goodRun();
    History history = recorder.history();
    Findings findings =
        new Findings(Samples.simulated("register", "partition", 1), history, Chronicle.of(history));

    assertThat(findings.all()).extracting(RunReport.Finding::status).containsOnly(Status.VALID);
    assertThat(findings.availability())
        .isInstanceOfSatisfying(
            RunReport.Availability.Measured.class,
            measured -> {
              assertThat(measured.outages())
                  .containsExactly(new RunReport.Interval(5_000_000_000L, 6_010_000_000L));
              assertThat(measured.holds()).isTrue();
            });
  }

  @Test
  void aClusterThatDoesNotServeAgainIsNotLive() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    fault(1);
    heal(1);
    Notes.began(recorder, Notes.Phase.CALM);
    asks();
    clock.set(20 * SECOND);
    Notes.stuck(recorder, "no leader: nobody leads, in term 3");
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INVALID);
    assertThat(ResultsJson.reason(finding("recovery")))
        .contains("nothing succeeded any more", "(no leader: nobody leads, in term 3)");
  }

  @Test
  void aClusterThatServesTooLateIsNotLive() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    asks();
    writes(12, 20);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INVALID);
    assertThat(ResultsJson.reason(finding("recovery"))).contains("7.01 s").contains("5.00 s");
  }

  @Test
  void aClusterThatStopsAgainIsNotLive() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    asks();
    writes(5, 6);
    clock.set(20 * SECOND);
    Notes.began(recorder, Notes.Phase.CLOSING);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INVALID);
    assertThat(ResultsJson.reason(finding("recovery"))).contains("and then nothing succeeded");
  }

  @Test
  void whereNobodyAsksNothingIsMissing() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    writes(12, 13);
    writes(22, 23);
    Notes.began(recorder, Notes.Phase.CLOSING);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.VALID);
    assertThat(ResultsJson.reason(finding("recovery"))).contains("served 0.01 s");
  }

  /// Of a lock that somebody holds all the time.
  @Test
  void aLockThatIsRefusedIsNoOutage() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    writes(5, 6);
    for (int second = 6; second < 20; second++) {
      clock.set(second * SECOND);
      recorder.invoke(2, "acquire", Value.nil(), Value.of("me"));
      recorder.fail(2);
    }
    writes(20, 21);
    Notes.began(recorder, Notes.Phase.CLOSING);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.VALID);
  }

  @Test
  void aLockThatNobodyAnswersForIsAnOutage() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    writes(5, 6);
    recorder.invoke(2, "acquire", Value.nil(), Value.of("me"));
    clock.set(20 * SECOND);
    recorder.unknown(2);
    writes(20, 21);
    Notes.began(recorder, Notes.Phase.CLOSING);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INVALID);
  }

  @Test
  void whereNobodyAsksAfterTheFaultsNothingIsKnown() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    clock.set(20 * SECOND);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(ResultsJson.reason(finding("recovery"))).contains("nobody asked for anything");
  }

  @Test
  void aStallLongBeforeIsNoExcuse() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.stalled(recorder, new Notes.Note.Stalled(SECOND, SECOND, "somebody else"));
    Notes.began(recorder, Notes.Phase.CALM);
    asks();
    clock.set(20 * SECOND);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INVALID);
  }

  @Test
  void aRunThatWasEndedEarlyIsNoPass() {
    goodRun();
    Notes.shortcoming(recorder, FaultPlan.ENDED_EARLY);

    assertThat(finding("harness").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aMachineThatStoodStillExcusesIt() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    asks();
    clock.set(20 * SECOND);
    Notes.stalled(recorder, new Notes.Note.Stalled(16 * SECOND, 4 * SECOND, "somebody else"));
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void nobodyIsAccusedWhoWasNotWatchedForLongEnough() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    asks();
    clock.set(6 * SECOND);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("recovery").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aRunInWhichHardlyAnythingSucceedsProvesNothing() {
    Notes.began(recorder, Notes.Phase.LOAD);
    fault(1);
    recorder.invoke(1, "write", Value.nil(), Value.of(1));
    recorder.ok(1, Value.nil());
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("substance").status()).isEqualTo(Status.VACUOUS);
  }

  @Test
  void aRunWhoseFaultsHitNoOperationProvesNothing() {
    Notes.began(recorder, Notes.Phase.LOAD);
    fault(1);
    clock.set(SECOND);
    heal(1);
    writes(2, 10);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("substance").status()).isEqualTo(Status.VACUOUS);
    assertThat(ResultsJson.reason(finding("substance"))).contains("overlapped");
  }

  @Test
  void aRunThatNeverChangedItsLeaderProvesLittle() {
    Notes.began(recorder, Notes.Phase.LOAD);
    leads("n1", 1);
    fault(1);
    writes(0, 10);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("substance").status()).isEqualTo(Status.VACUOUS);
    assertThat(ResultsJson.reason(finding("substance"))).contains("lead");
  }

  @Test
  void aBusyLeaderWhoseTimersStallNeedNotGo() {
    Notes.began(recorder, Notes.Phase.LOAD);
    leads("n1", 1);
    recorder.faultStarted("stall-timers:target=n1", Value.sequence(Value.of("n1")));
    writes(0, 10);
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("substance").status()).isEqualTo(Status.VALID);
  }

  @Test
  void aRunThatWasCutShortIsNotTrusted() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);

    assertThat(finding("harness").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(finding("recovery").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aFaultThatFailedIsTheHarnesssOwn() {
    Notes.began(recorder, Notes.Phase.LOAD);
    fault(1);
    happened(1, Incident.Phase.FAILED, "no such proxy");
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("harness").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(ResultsJson.reason(finding("harness"))).contains("no such proxy");
  }

  /// Faults that take 25 s to come, or to go.
  @ParameterizedTest
  @EnumSource(names = {"IN_FORCE", "HEALED"})
  void aFaultThatIsLateIsNotTheOneThatWasPlanned(Incident.Phase late) {
    Notes.began(recorder, Notes.Phase.LOAD);
    for (Incident.Phase phase :
        List.of(
            Incident.Phase.BEGINS,
            Incident.Phase.IN_FORCE,
            Incident.Phase.HEALING,
            Incident.Phase.HEALED)) {
      clock.addAndGet(phase == late ? 25 * SECOND : SECOND);
      happened(1, phase, "");
    }
    Notes.began(recorder, Notes.Phase.OVER);

    assertThat(finding("harness").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(ResultsJson.reason(finding("harness"))).contains("took longer than 20.00 s", CUT);
  }

  @Test
  void theHostOfAKilledRunnerIsJudgedAsFarAsItWasWatched() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    assertThat(finding("host").status()).isEqualTo(Status.INCONCLUSIVE);

    Notes.watched(recorder, new Notes.Note.Watched(4 * SECOND, 3_000_000));
    assertThat(finding("host").status()).isEqualTo(Status.VALID);
    assertThat(ResultsJson.reason(finding("host")))
        .contains("longest stall 3 ms", "for the first 4.00 s of 5.00 s");
  }

  @Test
  void aKilledRunnersClusterIsAccusedOnlyIfItsHostIsKnown() {
    Notes.began(recorder, Notes.Phase.LOAD);
    writes(0, 5);
    Notes.began(recorder, Notes.Phase.CALM);
    asks();
    clock.set(20 * SECOND);
    leads("n1", 3);

    assertThat(finding("recovery").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(ResultsJson.reason(finding("recovery"))).contains("nobody knows whether the host");
    Notes.watched(recorder, new Notes.Note.Watched(19 * SECOND, 0));
    assertThat(finding("recovery").status()).isEqualTo(Status.INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | a single node proves little
          2 | two nodes have no minority
          3 | []
          """)
  void clustersWithoutAMinorityAreRemarkedOn(int nodes, String remark) {
    goodRun();
    Experiment usual = Samples.simulated("register", "partition", 1);
    Experiment small =
        new Experiment(
            usual.name(),
            usual.seed(),
            new Experiment.ClusterPlan("labrys-raft", Deployment.SIMULATION, nodes, List.of()),
            usual.load(),
            usual.trouble());
    History history = recorder.history();

    assertThat(new Findings(small, history, Chronicle.of(history)).remarks().toString())
        .contains(remark);
  }

  @Test
  void aBrokenPromiseIsAViolation() {
    goodRun();
    Notes.broken(recorder, "two leaders in term 3");

    assertThat(finding("invariant").status()).isEqualTo(Status.INVALID);
  }
}
