package dev.labrys.system.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EtcdOptionsTest {

  @Test
  void settingsBecomeFlagsAndReads() {
    assertThat(EtcdOptions.parse("etcd", List.of("pre-vote=true", "reads=local")))
        .isEqualTo(new EtcdOptions("etcd", List.of("--pre-vote=true"), Reads.LOCAL));
    assertThat(EtcdOptions.parse("etcd", List.of()).reads()).isEqualTo(Reads.LINEARIZABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data-dir=/elsewhere",
        "pre-vote",
        "pre-vote=",
        "pre-vote=true --name=n9",
        "reads=guessed",
        "reads",
        "="
      })
  void whatIsNoSettingIsRefusedAndTheSettingsAreNamed(String text) {
    assertThatThrownBy(() -> EtcdOptions.parse("etcd", List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linearizable");
  }
}
