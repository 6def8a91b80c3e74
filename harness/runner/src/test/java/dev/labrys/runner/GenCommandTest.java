package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.synthetic.Adversary;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GenCommandTest {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void everyKindIsJudgedAsItWasMade(ObjectKind kind) {
    Typed made = gen("--model", kind.label(), "--ops", "60", "--seed", "3", "-o", "run.jsonl");

    assertThat(made.exitCode()).isZero();
    assertThat(made.out())
        .contains("run.jsonl: " + kind.label(), "60 operations", "seed 3", "valid by construction");
    assertThat(Typed.in(directory, "check", "run.jsonl").exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Corruption.class)
  void everyCorruptionSaysWhatItDid(Corruption corruption) {
    for (ObjectKind kind : ObjectKind.values()) {
      if (corruption.appliesTo(kind)) {
        Typed made = firstPossible(kind, corruption);

        assertThat(made.out())
            .contains("invalid by construction (%s): ".formatted(corruption.label()));
      }
    }
  }

  /// Not every history has a place for every corruption.
  private Typed firstPossible(ObjectKind kind, Corruption corruption) {
    for (int seed = 1; seed <= 50; seed++) {
      Typed made =
          gen(
              "-m %s -n 100 -s %d --corrupt %s -o bad.jsonl"
                  .formatted(kind.label(), seed, corruption.label())
                  .split(" "));
      if (made.exitCode() == 0) {
        return made;
      }
      assertThat(made.err()).contains("no place for it", "more operations");
    }
    throw new AssertionError("no place for %s in any %s".formatted(corruption, kind));
  }

  @ParameterizedTest
  @CsvSource({
    "register,stale-read",
    "cas-register,split-cas",
    "kv-append,lost-update",
    "mutex,double-lock",
    "unique-id,duplicate-id"
  })
  void aCorruptedHistoryIsFoundOut(String kind, String corruption) {
    gen("-m", kind, "-n", "60", "-s", "3", "--corrupt", corruption, "-o", "bad.edn");

    assertThat(Typed.in(directory, "check", "bad.edn").exitCode()).isOne();
  }

  @ParameterizedTest
  @EnumSource(Adversary.class)
  void everyAdversaryIsJudgedAsItWasMade(Adversary adversary) {
    Typed made = gen("--adversary", adversary.label(), "--size", "4", "-s", "1", "-o", "a.jsonl");

    assertThat(made.exitCode()).isZero();
    assertThat(made.out()).contains(adversary.label(), "size 4", "by construction");
    assertThat(Typed.in(directory, "check", "a.jsonl").exitCode())
        .isEqualTo(adversary.isLinearizable() ? 0 : 1);
  }

  @Test
  void standardOutputIsTheHistoryAlone() {
    Typed made = gen("--model", "set", "--ops", "5", "--seed", "9");

    assertThat(made.out()).startsWith("{\"labrys-history\":1}\n").hasLineCount(13);
    assertThat(made.err()).contains("set, 5 operations", "seed 9", "valid by construction");
    assertThat(Typed.withInput(directory, made.out(), "check", "-").exitCode()).isZero();
  }

  @Test
  void equalSeedsMakeEqualHistories() {
    assertThat(gen("-m", "kv", "-s", "4").out()).isEqualTo(gen("-m", "kv", "-s", "4").out());
    assertThat(gen("-m", "kv", "-s", "4").out()).isNotEqualTo(gen("-m", "kv", "-s", "5").out());
  }

  @Test
  void withoutASeedANewOneIsPrinted() {
    Typed made = gen("-m", "kv");
    String seed = made.err().lines().findFirst().orElseThrow().replaceFirst(".*seed ", "");

    assertThat(gen("-m", "kv", "-s", seed).out()).isEqualTo(made.out());
  }

  @Test
  void theVerdictIsRecordedInTheHistory() throws IOException {
    gen("-m", "queue", "-s", "1", "--corrupt", "double-dequeue", "-o", "bad.jsonl");

    assertThat(Files.readAllLines(directory.resolve("bad.jsonl")).subList(1, 3))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"label\":\"model\",\"value\":\"queue\""),
            line ->
                assertThat(line)
                    .contains("\"verdict\":\"invalid\"", "\"corruption\":\"double-dequeue\""));
  }

  @Test
  void theFormatsOfOtherToolsGetNoRemarks() throws IOException {
    gen("-m", "register", "-n", "3", "-o", "run.log");
    gen("-m", "kv-string", "-n", "3", "-o", "run.txt");

    assertThat(Files.readString(directory.resolve("run.log"))).startsWith("INFO");
    assertThat(Files.readString(directory.resolve("run.txt"))).doesNotContain("labrys");
  }

  @Test
  void theListShowsAllThereIs() {
    String list = gen("--list").out();

    for (ObjectKind kind : ObjectKind.values()) {
      assertThat(list).contains(kind.label());
    }
    for (Corruption corruption : Corruption.values()) {
      assertThat(list).contains(corruption.label());
    }
    for (Adversary adversary : Adversary.values()) {
      assertThat(list).contains(adversary.label());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-m queueue",
        "-m queue --corrupt nonsense",
        "-m queue --corrupt stale-read",
        "-m queue --clients 0",
        "-m queue --crash 2",
        "-m queue --ops many",
        "-m queue --values 0",
        "-m queue --values some",
        "-m queue --size 3",
        "-m queue --format word",
        "-m queue --adversary aba",
        "--adversary nobody",
        "--adversary aba --size 1",
        "--adversary aba --corrupt stale-read",
        "-m queue -o nowhere/run.jsonl",
        "-m kv --keys 3 -o kv.log"
      })
  void whatCannotBeMadeIsWrongUsage(String arguments) {
    Typed made = gen(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(made.exitCode()).isEqualTo(64);
    assertThat(made.err()).startsWith("labrys: ");
    assertThat(made.out()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  private Typed gen(String... arguments) {
    List<String> all = new ArrayList<>(List.of("gen"));
    all.addAll(List.of(arguments));
    return Typed.in(directory, all.toArray(String[]::new));
  }
}
