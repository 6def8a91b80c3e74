package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RegistryTest {
  private static final Path HOME = Path.of("/people/somebody");

  @Test
  void isWhereTheUserKeepsState() {
    assertThat(Registry.of(Map.of("XDG_STATE_HOME", "/state"), HOME))
        .isEqualTo(Path.of("/state/labrys/nodes"));
    assertThat(Registry.of(Map.of(), HOME))
        .isEqualTo(Path.of("/people/somebody/.local/state/labrys/nodes"));
    assertThat(Registry.of(Map.of("XDG_STATE_HOME", "state"), HOME))
        .isEqualTo(Path.of("/people/somebody/.local/state/labrys/nodes"));
  }
}
