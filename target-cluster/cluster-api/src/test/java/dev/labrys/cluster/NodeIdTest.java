package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeIdTest {
  @Test
  void countsLikePeople() {
    List<NodeId> sorted =
        List.of(NodeId.numbered(10), NodeId.numbered(2), NodeId.numbered(1)).stream()
            .sorted()
            .toList();

    assertThat(sorted).hasToString("[n1, n2, n10]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "N1", "1n", "a b", "a+b", "a/b", "..", "-a"})
  void refusesNamesThatAreNoHostNames(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NodeId(name))
        .withMessageContaining('"' + name + '"');
  }

  @Test
  void refusesNumbersBelowOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> NodeId.numbered(0));
  }
}
