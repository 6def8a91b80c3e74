package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An experiment is the same after it was kept in a file.
final class ExperimentJsonTest {
  private static final Experiment EXPERIMENT =
      new Experiment(
          "a \"name\"\n",
          -7,
          new Experiment.ClusterPlan(
                  "labrys-raft", Deployment.CONTAINERS, 3, List.of("reads=local", "no-op=false"))
              .with(LinkPlan.parse("http://[::1]:8475/"))
              .madeFrom("localhost/mine:1"),
          new Experiment.Load(
              "mixed",
              12,
              0.5,
              Duration.ofMinutes(3),
              Duration.ofMillis(1500),
              Client.Habit.OWN_NODE),
          new Experiment.Trouble("partition", "1s..2s kill:target=n1\n", Duration.ofSeconds(9)));

  @TempDir private Path folder;

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    Path file = folder.resolve("experiment.json");
    ExperimentJson.of(EXPERIMENT).write(file);

    assertThat(ExperimentJson.read(Json.read(file))).isEqualTo(EXPERIMENT);
    assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".half"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{} {}",
        "{\"labrys-experiment\":2}",
        "{\"labrys-experiment\":1}",
        "{\"labrys-experiment\":\"1\"}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":"
            + "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":"
            + "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1"
      })
  void whatIsNoExperimentIsRefused(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("experiment.json"), text);

    assertThatThrownBy(() -> ExperimentJson.read(Json.read(file))).isInstanceOf(IOException.class);
  }

  @Test
  void numbersThatNobodyCanMeanAreRefused() throws IOException {
    Path file = folder.resolve("experiment.json");
    ExperimentJson.of(EXPERIMENT).write(file);
    Files.writeString(
        file, Files.readString(file).replace("\"nodes\" : 3", "\"nodes\" : 30000000000"));

    assertThatThrownBy(() -> ExperimentJson.read(Json.read(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no experiment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "nodes" : 3    | "nodes" : 99999999999999999999 | experiment.json:8:
          "nodes" : 3    | "nodes" : 3.5                  | the field nodes is missing or strange
          "containers"   | "moon" | 'moon' is not one of processes, containers, simulation
          "own_node"     | "any"  | 'any' is not one of leader, own_node
          "mixed"        | NaN    | experiment.json:14:
          "rate" : 0.5   | "rate" : -1.0 | a rate is between 0 and a million, not -1.0
          """)
  void whatIsWrongIsNamedWithItsPlace(String text, String other, String complaint)
      throws IOException {
    Path file = folder.resolve("experiment.json");
    ExperimentJson.of(EXPERIMENT).write(file);
    Files.writeString(file, Files.readString(file).replace(text, other));

    assertThatThrownBy(() -> ExperimentJson.read(Json.read(file)))
        .isInstanceOf(MalformedRunException.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining("experiment.json");
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path file = folder.resolve("experiment.json");
    Path others = Files.writeString(folder.resolve("others"), "theirs");
    Files.createSymbolicLink(folder.resolve("experiment.json.half"), others);
    Files.createSymbolicLink(file, others);

    ExperimentJson.of(EXPERIMENT).write(file);

    assertThat(others).hasContent("theirs");
    assertThat(file).isRegularFile();
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void calmFallsIntoTheTimeOfTheLoad() {
    Experiment half = Samples.simulated("mixed", "kill", 1);

    assertThat(half.calmNanos()).isEqualTo(24_000_000_000L);
    assertThat(lasting(half, Duration.ofHours(1)).calmNanos())
        .isEqualTo(Duration.ofMinutes(59).toNanos());
  }

  private static Experiment lasting(Experiment other, Duration time) {
    Experiment.Load load = other.load();
    return new Experiment(
        other.name(),
        other.seed(),
        other.cluster(),
        new Experiment.Load(
            load.workload(), load.clients(), load.rate(), time, load.patience(), load.habit()),
        other.trouble());
  }
}
