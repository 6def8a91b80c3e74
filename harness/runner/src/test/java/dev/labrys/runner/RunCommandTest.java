package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.KnownProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `labrys run` and what can be done with what it keeps, on simulated clusters.
@Timeout(300)
final class RunCommandTest {
  @TempDir private Path folder;

  private Typed run(String... more) {
    String[] usual = {
      "run", "--deploy", "simulation", "--seed", "1", "-w", "register", "-t", "20s", "-c", "5"
    };
    return Typed.in(
        folder, Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new));
  }

  private Path kept() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  @Test
  void aGoodRaftIsValid() throws IOException {
    Typed typed = run();

    assertThat(typed.exitCode()).as(typed.out() + typed.err()).isZero();
    assertThat(typed.out())
        .startsWith("VALID  register on 5 nodes of labrys-raft as simulation")
        .contains("linearizable register", "recovery", "availability", "report.html", "--seed 1");
    assertThat(typed.err()).contains("seed 1");
    assertThat(kept())
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/results.json")
        .isDirectoryContaining("glob:**/faults.jsonl")
        .isDirectoryContaining("glob:**/reproduce.txt");
  }

  @Test
  void aRaftThatReadsStaleValuesIsInvalid() {
    Typed typed = run("--raft-option", "reads=local", "--fail-fast");

    assertThat(typed.exitCode()).as(typed.out() + typed.err()).isEqualTo(1);
    assertThat(typed.out()).startsWith("INVALID").contains("linearizable register");
  }

  @Test
  void quietMeansSilent() {
    Typed typed = run("--quiet");

    assertThat(typed).isEqualTo(new Typed(0, "", ""));
  }

  @Test
  void whatWasDoneCanBeDoneAgain() throws IOException {
    run();
    String first = kept().getFileName().toString();

    Typed again = run("--replay-faults", "runs/" + first, "-o", "again", "--name", "again");

    assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
    Path other;
    try (Stream<Path> runs = Files.list(folder.resolve("again"))) {
      other = runs.findFirst().orElseThrow();
    }
    assertThat(hits(other)).isEqualTo(hits(kept()));
    assertThat(kept().resolve("report.html"))
        .content()
        .contains("--seed 1", "--replay-faults " + kept().toAbsolutePath());
  }

  /// Which faults began when.
  private static List<String> hits(Path run) throws IOException {
    return Files.readAllLines(run.resolve("faults.jsonl")).stream()
        .filter(line -> line.contains("\"begins\""))
        .map(line -> line.replaceFirst("\"entry\":\\d+,", ""))
        .toList();
  }

  @Test
  void aRunIsJudgedListedPackedAndUnpacked() throws IOException {
    run();
    String name = kept().getFileName().toString();

    Typed judged = Typed.in(folder, "check", "runs/" + name);
    assertThat(judged.exitCode()).isZero();
    assertThat(judged.out()).startsWith("VALID  register");
    assertThat(Typed.in(folder, "check", "runs/" + name, "--json").out())
        .contains("\"verdict\" : \"valid\"");

    Typed listed = Typed.in(folder, "runs");
    assertThat(listed.out()).contains("valid", "register", name);

    assertThat(Typed.in(folder, "export", "runs/" + name, "-o", "run.zip").exitCode()).isZero();
    Typed unpacked = Typed.in(folder, "import", "run.zip", "-o", "theirs");
    assertThat(unpacked.exitCode()).as(unpacked.err()).isZero();
    assertThat(Typed.in(folder, "check", "theirs/" + name).out().lines().findFirst())
        .isEqualTo(judged.out().lines().findFirst());
    Typed twice = Typed.in(folder, "import", "run.zip", "-o", "theirs");
    assertThat(twice.exitCode()).isEqualTo(64);

    Files.writeString(kept().resolve("history.jsonl"), "\n", StandardOpenOption.APPEND);
    assertThat(Typed.in(folder, "runs").out()).startsWith("outdated");
    assertThat(Typed.in(folder, "check", "runs/" + name, "-q").exitCode()).isZero();
    assertThat(Typed.in(folder, "runs").out()).startsWith("valid");

    assertThat(Typed.in(folder, "runs", "prune", "--keep", "0", "--dry-run").out())
        .endsWith("1 of 1 runs would be removed\n");
    assertThat(Typed.in(folder, "runs", "prune", "--keep", "0").exitCode()).isZero();
    assertThat(folder.resolve("runs")).isEmptyDirectory();
    assertThat(Typed.in(folder, "runs").out()).startsWith("no runs are kept in runs");
  }

  @Test
  void aCheckOfARunTakesNoLongerThanItMay() throws IOException {
    run("--rate", "0", "-q");

    Typed typed = Typed.in(folder, "check", "runs/" + kept().getFileName(), "--timeout", "1ms");

    assertThat(typed.exitCode()).as(typed.out() + typed.err()).isEqualTo(2);
    assertThat(typed.out()).startsWith("UNKNOWN");
  }

  @Test
  void aRunThatIsGoingOnIsNeitherJudgedNorRemoved() throws IOException {
    run("-q");
    Process maker = new ProcessBuilder("/bin/sh", "-c", "read nothing").start();
    try {
      KnownProcess known = KnownProcess.of(maker.toHandle());
      Files.writeString(
          kept().resolve("running.json"),
          "{\"place\":\"%s\",\"pid\":%d,\"started\":\"%s\"}"
              .formatted(known.place(), known.pid(), known.started()));

      Typed judged = Typed.in(folder, "check", "runs/" + kept().getFileName());
      assertThat(judged.exitCode()).isEqualTo(69);
      assertThat(judged.err()).contains("is going on");
      assertThat(Typed.in(folder, "runs").out()).startsWith("going-on");
      assertThat(Typed.in(folder, "runs", "prune", "--keep", "0").out())
          .isEqualTo("0 of 1 runs removed\n");
    } finally {
      maker.destroyForcibly().onExit().join();
    }
    assertThat(kept()).exists();
  }

  @Test
  void aClusterWithoutAMinorityIsRemarkedOn() {
    Typed typed = run("--nodes", "2", "--faults", "none", "--time", "2s");

    assertThat(typed.exitCode()).as(typed.out() + typed.err()).isZero();
    assertThat(typed.out()).contains("remark        two nodes have no minority");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --workload nonsense        | there is no workload 'nonsense'
          --faults earthquake        | is no kind of fault
          --faults kill:speed=3      | kill has no option speed
          --nodes 0                  | a cluster has 1 to 15 nodes, not 0
          --clients 0                | a run has 1 to 10000 clients, not 0
          --time 0s                  | no time at all
          --deploy cloud             | 'cloud' is not one of processes, containers, simulation
          --image mine               | an image is for containers, and not for processes
          --deploy containers --image -x | not the name of an image: -x
          --system etcd --deploy simulation | and not in simulation
          --system etcd3             | there is no system 'etcd3'
          --raft-option reads=loud   | reads
          --toxiproxy 8474           | is named as http://127.0.0.1:8474, not as 8474
          --toxiproxy http://u@h:1   | is named as
          --deploy simulation --toxiproxy http://127.0.0.1:9 | has a network of its own
          --links wires              | 'wires' is not one of proxies, kernel
          --links kernel --toxiproxy http://127.0.0.1:9 | does not go with --links kernel
          --deploy simulation --links kernel | has a network of its own
          --schedule missing.txt     | no such file
          --replay-faults missing    | no such file
          """)
  void whatMakesNoSenseIsRefusedInALine(String option, String complaint) {
    String[] words = ("run " + option).split(" ", -1);

    Typed typed = Typed.in(folder, words);

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).startsWith("labrys: ").contains(complaint);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aScheduleThatCannotBeReadIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("bad.txt"), "1s..2s kill:target=one\n3s..2s kill:target=one\n");

    Typed typed = run("--schedule", "bad.txt");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("line 2");
  }

  @Test
  void aScheduleThatDoesNotFitIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("late.txt"), "1s..2s kill:target=one\n15s..16s kill:target=n1\n");
    Files.writeString(folder.resolve("nobody.txt"), "1s..2s kill:target=n9\n");
    Files.writeString(folder.resolve("empty.txt"), "# nothing\n");

    assertThat(run("--schedule", "late.txt").err()).contains("15s", "give more time");
    assertThat(run("--schedule", "nobody.txt").err()).contains("n9");
    assertThat(run("--schedule", "empty.txt").exitCode()).isEqualTo(64);
    assertThat(run("--faults", "").exitCode()).isEqualTo(64);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aPlanThatTakesTooLongIsNoPass() throws IOException {
    Files.writeString(
        folder.resolve("plan.yaml"),
        """
        plan:
          - fault: pause:target=leader
            for: 1s
          - wait: 60s
          - fault: kill:target=one
            for: 1s
        """);

    Typed typed = run("--schedule", "plan.yaml");

    assertThat(typed.exitCode()).isEqualTo(4);
    assertThat(typed.out()).contains("the plan of faults was not over");
  }

  @Test
  void whatCannotBeDoneHereIsRefusedOrLeftOut() {
    Typed refused = run("--faults", "resources");
    assertThat(refused.exitCode()).isEqualTo(69);
    assertThat(refused.err()).contains("resources", "--faults auto");

    Typed leftOut = run("--faults", "auto", "-o", "auto");
    assertThat(leftOut.out()).contains("left out: resources");
    assertThat(leftOut.err()).contains("labrys: left out: resources").doesNotContain("bug");
  }

  /// Packets that are dropped one way only stop TCP both ways, wherever that is.
  @Test
  void whatCannotBeDoneHereIsRefusedBeforeAnythingStarts() {
    Typed refused = Typed.in(folder, "run", "--links", "kernel", "--faults", "partition:one-way");

    assertThat(refused.exitCode()).isEqualTo(69);
    assertThat(refused.err())
        .contains("can't stop bytes from one node to another", "--faults auto");
    assertThat(refused.err()).doesNotContain("starting");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void theListNamesWorkloadsAndFaults() {
    Typed typed = Typed.in(folder, "run", "--list");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).contains("  mixed ", "  list-append ", "  partition ", "one-way");
  }

  @Test
  void theDoctorLooksAtEverything() {
    Typed typed = Typed.in(folder, "doctor");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out().lines().map(line -> line.split(" ", 2)[0]))
        .contains("java", "ports", "proxies", "disk", "clock", "engine", "faketime");
  }
}
