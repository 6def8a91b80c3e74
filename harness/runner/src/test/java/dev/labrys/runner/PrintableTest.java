package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void leavesOrdinaryTextAlone() {
    assertThat(Printable.of("κλειδί → 3\n\t\"quoted\" 😀"))
        .isEqualTo("κλειδί → 3\n\t\"quoted\" 😀");
  }

  @Test
  void showsWhatATerminalWouldObey() {
    assertThat(Printable.of("\u001b[2J\u009b31m\r\u0007\u007f"))
        .isEqualTo("\\u001b[2J\\u009b31m\\u000d\\u0007\\u007f");
  }

  @Test
  void showsWhatWouldReorderTheTextAroundIt() {
    assertThat(Printable.of("a\u202eb\u2066c\u200bd\u2028e"))
        .isEqualTo("a\\u202eb\\u2066c\\u200bd\\u2028e");
  }

  @Test
  void showsHalvesOfCharacters() {
    assertThat(Printable.of("x\ud83dy\ude00")).isEqualTo("x\\ud83dy\\ude00");
  }

  @Test
  void keepsALineALine() {
    assertThat(Printable.line("one\ntwo\tthree")).isEqualTo("one\\ntwo\\tthree");
  }
}
