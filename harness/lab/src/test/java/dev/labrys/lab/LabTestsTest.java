package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabTestsTest {

  @Test
  void everyTestHasANameOfItsOwn() {
    assertThat(LabTests.all()).extracting(LabTest::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void everyPartHasTests(Part part) {
    assertThat(LabTests.select(List.of(part.label())))
        .isNotEmpty()
        .allMatch(test -> test.part() == part);
  }

  @Test
  void noNameMeansAll() {
    assertThat(LabTests.select(List.of())).isEqualTo(LabTests.all());
  }

  @ParameterizedTest
  @CsvSource({
    "InitialElection2A, InitialElection2A",
    "initialelection2a, InitialElection2A",
    "InitialElection, InitialElection2A",
    "reel, ReElection2A",
    "Figure8, Figure82C",
    "*8unreliable*, Figure8Unreliable2C",
    "Persist?2C, Persist12C Persist22C Persist32C",
    "Speed, Speed3A Speed3B Speed4B Speed4C",
    "3b, SnapshotRPC3B SnapshotSize3B Speed3B SnapshotRecover3B SnapshotRecoverManyClients3B"
        + " SnapshotUnreliable3B SnapshotUnreliableRecover3B"
        + " SnapshotUnreliableRecoverConcurrentPartition3B"
        + " SnapshotUnreliableRecoverConcurrentPartitionLinearizable3B"
  })
  void testsAreFoundByWhatPeopleCallThem(String wanted, String found) {
    assertThat(LabTests.select(List.of(wanted)))
        .extracting(LabTest::name)
        .containsExactly(found.split(" "));
  }

  @Test
  void groupsAreAllOfTheirParts() {
    assertThat(LabTests.select(List.of("raft"))).isEqualTo(LabTests.select(List.of("2")));
    assertThat(LabTests.select(List.of("rsm"))).isEqualTo(LabTests.select(List.of("4A")));
    assertThat(LabTests.select(List.of("kv")))
        .isEqualTo(LabTests.select(List.of("3A", "3B", "4B", "4C")));
  }

  @Test
  void severalNamesAreTakenInTheOrderOfTheCourse() {
    assertThat(LabTests.select(List.of("ReElection2A", "2A", "initial")))
        .isEqualTo(LabTests.select(List.of("2A")));
  }

  @Test
  void anUnknownNameIsAnsweredWithItsNeighbours() {
    assertThatThrownBy(() -> LabTests.select(List.of("2A", "Figure9")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no test 'Figure9'; did you mean Figure82C or Figure8Unreliable2C?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "2E", "[", "zzz"})
  void whatFitsNothingIsRefused(String wanted) {
    assertThatThrownBy(() -> LabTests.select(List.of(wanted)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no test '" + wanted + "'");
  }

  @Test
  void aSeedNamesTheTestItWasGivenOutFor() {
    for (LabTest test : LabTests.all()) {
      LabSeed seed = LabSeed.of(new Seed(7), test, 3);

      assertThat(seed.testAmong(LabTests.all())).contains(test);
      assertThat(seed).isNotEqualTo(LabSeed.of(new Seed(7), test, 4));
      assertThat(seed).isNotEqualTo(LabSeed.of(new Seed(8), test, 3));
    }
  }
}
