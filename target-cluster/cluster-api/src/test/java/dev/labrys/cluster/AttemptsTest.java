package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
  private final List<Integer> tried = new ArrayList<>();

  private void tryAnEvenOne(int number) throws IOException {
    tried.add(number);
    if (number % 2 == 1) {
      throw new IOException(number + " is odd");
    }
  }

  @Test
  void allAreTriedThoughSomeFail() {
    assertThatThrownBy(() -> Attempts.forEach(List.of(2, 3, 4, 5), this::tryAnEvenOne))
        .isInstanceOf(IOException.class)
        .hasMessage("3 is odd")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    assertThat(tried).containsExactly(2, 3, 4, 5);
  }

  @Test
  void nothingIsThrownWhereNoneFails() throws IOException {
    Attempts.forEach(List.of(2, 4), this::tryAnEvenOne);

    assertThat(tried).containsExactly(2, 4);
  }
}
