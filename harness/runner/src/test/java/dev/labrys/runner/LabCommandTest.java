package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.labrys.cluster.sim.Topic;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.LabTests;
import dev.labrys.lab.Part;
import dev.labrys.raft.RaftOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabCommandTest {
  /// Servers that wait so long before they stand that no test waits for them.
  private static final String HOPELESS =
      " --raft-option election-min=20s --raft-option election-max=30s";

  @TempDir private Path directory = Path.of("");

  @Test
  void passingTestsEndWithATable() {
    Typed typed = lab("2A -n 2 -s 1");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out().lines())
        .hasSize(6)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .containsSubsequence(
                        "test", "passed", "failed", "mean time", "max time", "RPCs", "bytes"),
            line -> assertThat(line).matches("InitialElection2A +2 +0 +\\d.\\d\\d s.+ k?B"),
            line -> assertThat(line).matches("ReElection2A +2 +0 +\\d.\\d\\d s.+ k?B"),
            line -> assertThat(line).matches("ManyElections2A +2 +0 +\\d.\\d\\d s.+ k?B"),
            line -> assertThat(line).isEmpty(),
            line -> assertThat(line).matches("6 runs passed: seed 1, \\d+\\.\\d s"));
    assertThat(typed.err()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theSeedIsAllThatMatters() {
    String once = lab("2B 4A -n 2 -s 5 -p 1").out();

    assertThat(timeless(lab("2B 4A -n 2 -s 5 -p 4").out())).isEqualTo(timeless(once));
    assertThat(timeless(lab("2B 4A -n 2 -s 6 -p 1").out())).isNotEqualTo(timeless(once));
  }

  private static String timeless(String out) {
    return out.replaceAll(", \\d+\\.\\d s", "");
  }

  @Test
  void withoutASeedANewOneIsPrinted() {
    String out = lab("InitialElection").out();
    String seed = out.replaceAll("(?s).*seed (\\d+),.*", "$1");

    assertThat(timeless(lab("InitialElection -s " + seed).out())).isEqualTo(timeless(out));
  }

  @Test
  void aFailureIsToldWithTheCommandThatRepeatsIt() throws IOException {
    Typed typed = lab("InitialElection -n 5 -s 3" + HOPELESS);

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.out())
        .containsPattern("InitialElection2A +0 +1 ")
        .contains(
            "FAILED  InitialElection2A, run 1\n  no leader was elected among [n1, n2, n3]\n",
            "In the end:\n  n1   follower      term 0,",
            "1 of 1 run failed (4 more were not begun; --keep-going does): seed 3, ",
            "failures are in lab-failures-3.txt");
    List<String> saved = Files.readAllLines(directory.resolve("lab-failures-3.txt"));
    assertThat(saved)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "# InitialElection2A, run 1:"
                            + " no leader was elected among [n1, n2, n3]"),
            line ->
                assertThat(line)
                    .matches(
                        "labrys lab InitialElection2A --replay \\d+"
                            + " --raft-option election-min=20s"
                            + " --raft-option election-max=30s --log"));
    assertThat(typed.out()).contains("  " + saved.getLast() + "\n");

    Typed replayed = Typed.in(directory, saved.getLast().substring("labrys ".length()).split(" "));

    assertThat(replayed.exitCode()).isEqualTo(1);
    assertThat(replayed.out())
        .contains(
            "FAILED  InitialElection2A, seed ",
            "  no leader was elected among [n1, n2, n3]\n",
            "FAULT  starts with term 0");
  }

  @Test
  void itGoesOnAfterFailuresIfToldTo() throws IOException {
    Typed typed = lab("InitialElection ReElection -n 3 -s 3 --keep-going" + HOPELESS);

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.out())
        .containsPattern("InitialElection2A +0 +3 ")
        .containsPattern("ReElection2A +0 +3 ")
        .contains("6 of 6 runs failed: seed 3")
        .containsOnlyOnce("FAILED  InitialElection2A, run 1")
        .containsOnlyOnce("FAILED  ReElection2A, run 1")
        .doesNotContain(", run 2");
    assertThat(Files.readAllLines(directory.resolve("lab-failures-3.txt"))).hasSize(12);
  }

  @Test
  void failuresGoWhereTheyAreWanted() {
    Typed typed = lab("InitialElection -s 3 --failures bad.txt" + HOPELESS);

    assertThat(typed.out()).contains("failures are in bad.txt");
    assertThat(directory.resolve("bad.txt")).exists();
  }

  @Test
  void oneJsonDocumentIsPrintedForPrograms() throws IOException {
    Typed passed = lab("2A -s 1 --json");
    Typed failed = lab("InitialElection -s 3 --json" + HOPELESS);

    assertThat(passed.exitCode()).isZero();
    assertThat(passed.out())
        .startsWith("{\"labrys-lab\":1,\"seed\":1,\"runs\":1,\"tests\":[")
        .contains("{\"test\":\"ReElection2A\",\"part\":\"2A\",\"passed\":1,\"failed\":0,")
        .contains("\"failures\":[]", "\"exitCode\":0");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out())
        .contains(
            "\"reason\":\"no leader was elected among [n1, n2, n3]\"",
            "\"replay\":\"labrys lab InitialElection2A --replay ",
            "\"exitCode\":1");
    assertWellFormed(passed.out());
    assertWellFormed(failed.out());
  }

  private static void assertWellFormed(String document) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(document)) {
      json.nextToken();
      json.skipChildren();

      assertThat(json.nextToken()).isNull();
    }
  }

  @Test
  void theListShowsAllThereIs() {
    String list = lab("--list").out();

    for (LabTest test : LabTests.all()) {
      assertThat(list).contains("  " + test.name() + " (", test.demand());
    }
    for (Part part : Part.values()) {
      assertThat(list).contains(part.label() + "  " + part.title());
    }
    for (String key : RaftOptions.keys().keySet()) {
      assertThat(list).contains("  " + key + "=");
    }
    assertThat(list.lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void theListCanBeNarrowed() {
    assertThat(lab("--list 2D --raft-option heartbeat=50ms").out())
        .startsWith("2D  log compaction (raft)\n")
        .contains("\n  heartbeat=50ms\n")
        .doesNotContain("2A  ");
  }

  @Test
  void aReplayWithoutALogSaysHowItEnds() {
    Typed typed = lab("ReElection --replay 7");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .matches("passed  ReElection2A, seed 7: \\d\\.\\d\\d s, \\d+ RPCs, [\\d,]+ bytes\n");
  }

  @Test
  void aLogHasAColumnForEachServer() {
    String log = lab("ReElection --replay 7 --log --width 100").out();

    assertThat(log.lines().findFirst().orElseThrow()).matches(" {18}n1 +n2 +n3");
    assertThat(log)
        .containsPattern("(?m)^ +\\d+\\.\\d{6} LEAD +leads in term 1$")
        .contains("passed  ReElection2A, seed 7")
        .doesNotContain(" NET ", " TIMER ", " DISK ", "\u001b");
    assertThat(log.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void aLogCanBeFiltered() {
    String log = lab("ReElection --replay 7 --log --topics lead,net --nodes n3,1").out();

    assertThat(log.lines().findFirst().orElseThrow()).matches(" +n1 +n3");
    assertThat(log).contains(" LEAD ", " NET ").doesNotContain(" TERM ", " FAULT ");
  }

  @Test
  void allTopicsAreShownOnDemand() {
    String log = lab("SnapshotInstall2D --replay 7 --log --topics ALL").out();

    for (Topic topic : Topic.values()) {
      assertThat(log).contains(" " + topic + " ");
    }
  }

  @Test
  void aColourfulTerminalGetsColours() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            Typed.streams("", out, new ByteArrayOutputStream()),
            Set.of(Terminal.Ability.COLOUR),
            directory);

    Labrys.run(terminal, "lab", "ReElection", "--replay", "7", "--log");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\u001b[1;32mleads in term 1\u001b[0m");
  }

  /// `labrys lab --replay SEED`, as it was printed for a failure.
  @Test
  void aSeedOfASuiteNamesItsTest() {
    String saved = lab("InitialElection -s 3" + HOPELESS).out();
    String seed = saved.replaceAll("(?s).*--replay (\\d+).*", "$1");

    assertThat(lab("--replay " + seed).out()).startsWith("passed  InitialElection2A, seed " + seed);
    assertThat(lab("2B --replay " + seed).exitCode()).isEqualTo(64);
  }

  @Test
  void unsafeOptionsAreWarnedOf() {
    Typed typed = lab("InitialElection -s 1 --raft-option fsync=never");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.err()).startsWith("labrys: fsync=never is unsafe").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Figure9",
        "2A -n 0",
        "2A -n many",
        "2A -n 2000000000",
        "2A -p 0",
        "2A -p 1000000",
        "2A --raft-option heartbeat",
        "2A --raft-option heartbeat=soon",
        "2A --raft-option haertbeat=5ms",
        "2A --raft-option heartbeat=2s",
        "2A --raft-option reads=index",
        "2A --failures nowhere/bad.txt",
        "2A --log",
        "InitialElection --replay 7 --topics lead",
        "InitialElection --replay 7 --width 100",
        "InitialElection --replay 7 --log --topics lede",
        "InitialElection --replay 7 --log --nodes 0",
        "InitialElection --replay 7 --log --nodes n4",
        "InitialElection --replay 7 --log --width 3",
        "InitialElection --replay 7 --runs 3",
        "InitialElection --replay 7 --json",
        "InitialElection --replay x",
        "--replay 7",
        "2A --replay 7"
      })
  void whatCannotBeRunIsWrongUsage(String arguments) {
    Typed typed = lab(arguments);

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).startsWith("labrys: ");
    assertThat(typed.out()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void complaintsAreOneClearLine() {
    assertThat(lab("2A --raft-option haertbeat=5ms").err())
        .isEqualTo(
            "labrys: there is no option 'haertbeat'; did you mean heartbeat? Known are "
                + String.join(", ", RaftOptions.keys().keySet())
                + "\n");
    assertThat(lab("ReElections").err())
        .isEqualTo("labrys: there is no test 'ReElections'; did you mean ReElection2A?\n");
  }

  private Typed lab(String arguments) {
    List<String> all = new ArrayList<>(List.of("lab"));
    all.addAll(List.of(arguments.split(" ")));
    return Typed.in(directory, all.toArray(String[]::new));
  }
}
