package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CapabilitiesTest {
  private static final Capabilities SOME =
      Capabilities.none()
          .with(Capability.CUT_LINKS)
          .without(Capability.SHIFT_CLOCK, "libfaketime is not installed")
          .probed(Capability.PAUSE, Optional.of("not permitted to signal the process"))
          .probed(Capability.DELAY_LINKS, Optional.empty());

  @Test
  void whatIsDeniedIsExplained() {
    assertThat(SOME.has(Capability.PAUSE)).isFalse();
    assertThat(SOME.found()).containsExactly(Capability.CUT_LINKS, Capability.DELAY_LINKS);
    assertThat(SOME.reasonAgainst(Capability.CUT_LINKS)).isEmpty();
    assertThat(SOME.reasonAgainst(Capability.SHIFT_CLOCK)).contains("libfaketime is not installed");
    assertThat(SOME.explain())
        .isEqualTo(
            """
            can't freeze a node and let it run on: not permitted to signal the process
            can't move the wall clock of a node: libfaketime is not installed\
            """);
  }

  @Test
  void nothingIsThereUnlessItWasSeen() {
    assertThat(Capability.values()).noneMatch(Capabilities.none()::has);
    assertThat(Capability.values())
        .allMatch(each -> Capabilities.none().reasonAgainst(each).isPresent());
    assertThat(Capabilities.none().explain()).isEmpty();
  }

  @Test
  void whatIsMissingIsRefusedWithTheReason() {
    assertThatCode(() -> SOME.require(Capability.CUT_LINKS)).doesNotThrowAnyException();
    assertThatThrownBy(() -> SOME.require(Capability.SHIFT_CLOCK))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("can't move the wall clock of a node: libfaketime is not installed");
    assertThatThrownBy(() -> SOME.require(Capability.FILL_DISK))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("on any machine");
  }

  @Test
  void theLastWordCounts() {
    assertThat(SOME.with(Capability.PAUSE).reasonAgainst(Capability.PAUSE)).isEmpty();
    assertThat(SOME.without(Capability.CUT_LINKS, "no").found())
        .containsExactly(Capability.DELAY_LINKS);
  }

  @Test
  void ofSeveralWaysTheLastOneIsTold() {
    Capabilities first = SOME.with(Capability.FILL_DISK, "a spade");

    assertThat(first.describe(Capability.FILL_DISK))
        .isEqualTo("leave a node no disk space, by a spade");
    assertThat(first.describe(Capability.CUT_LINKS)).isEqualTo("stop bytes between nodes");
    assertThat(SOME.with(first).with(Capability.FILL_DISK, "a dredger").means())
        .containsExactly(Map.entry(Capability.FILL_DISK, "a dredger"));
    assertThat(first.without(Capability.FILL_DISK, "no").means()).isEmpty();
  }

  @Test
  void refusesADenialWithoutAReasonAndAContradiction() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SOME.without(Capability.FILL_DISK, " "))
        .withMessageContaining("FILL_DISK");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Capabilities(SOME.denied().keySet(), Map.of(), SOME.denied()))
        .withMessageContaining("SHIFT_CLOCK");
  }
}
