package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// That a wrong answer is noticed.
final class KeySpaceTest {
  private final KeySpace keys = new KeySpace(3, 64);

  private final ByteBuffer first = ByteBuffer.wrap(keys.next(1));

  @Test
  void whatWasSentLastIsRightAcknowledgedOrNot() {
    keys.acknowledge(1);
    ByteBuffer second = ByteBuffer.wrap(keys.next(1));

    assertThatCode(() -> keys.check(1, keys.acknowledged(1), first)).doesNotThrowAnyException();
    assertThatCode(() -> keys.check(1, keys.acknowledged(1), second)).doesNotThrowAnyException();
  }

  @Test
  void aValueOfBeforeIsStale() {
    keys.next(1);
    keys.acknowledge(1);

    assertThatIOException()
        .isThrownBy(() -> keys.check(1, keys.acknowledged(1), first))
        .withMessageContaining("value 1, where 2 was acknowledged");
  }

  @Test
  void aValueThatNobodySentIsWrong() {
    KeySpace others = new KeySpace(3, 64);
    others.next(1);

    assertThatIOException()
        .isThrownBy(() -> keys.check(1, 0, ByteBuffer.wrap(others.next(1))))
        .withMessageContaining("1 is the last one sent");
  }

  @Test
  void anotherKeysValueIsWrong() {
    assertThatIOException().isThrownBy(() -> keys.check(2, 0, first));
    assertThatIOException().isThrownBy(() -> keys.check(1, 0, first.slice(0, 63)));
  }
}
