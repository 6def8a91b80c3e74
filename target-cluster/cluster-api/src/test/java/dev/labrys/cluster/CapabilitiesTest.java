package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class CapabilitiesTest {
  @Test
  void whatIsDeniedIsExplained() {
    Capabilities some =
        Capabilities.all()
            .without(Capability.SHIFT_CLOCK, "libfaketime is not installed")
            .without(Capability.PAUSE, "not permitted to signal the process");

    assertThat(some.has(Capability.PAUSE)).isFalse();
    assertThat(some.has(Capability.CUT_LINKS)).isTrue();
    assertThat(some.reasonAgainst(Capability.SHIFT_CLOCK)).contains("libfaketime is not installed");
    assertThat(some.explain())
        .isEqualTo(
            """
            can't freeze a node and let it run on: not permitted to signal the process
            can't move the wall clock of a node: libfaketime is not installed\
            """);
  }

  @Test
  void everythingIsThereUnlessDenied() {
    assertThat(Capability.values()).allMatch(Capabilities.all()::has);
    assertThat(Capabilities.all().explain()).isEmpty();
  }

  @Test
  void refusesADenialWithoutAReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Capabilities.all().without(Capability.PAUSE, " "))
        .withMessageContaining("PAUSE");
  }
}
