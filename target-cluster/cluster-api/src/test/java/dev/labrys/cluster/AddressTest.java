package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
  @Test
  void isWrittenAsInAUrl() {
    assertThat(new Address("localhost", 80)).hasToString("localhost:80");
    assertThat(new Address("::1", 65_535)).hasToString("[::1]:65535");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void refusesPortsThatDoNotExist(int port) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Address("localhost", port));
  }
}
