package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class ArgumentsTest {
  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "2m,120000", "1.5s,1500", "1h30m,5400000", "1m1ms,60001"})
  void durationsAreReadAsPeopleWriteThem(String text, long millis) {
    assertThat(new DurationArgument().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "30x", "-1s", "1 s", "1s!", "99999999999s", "1s2"})
  void whatIsNoDurationIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> new DurationArgument().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("30s");
  }

  @Test
  void noTimeAtAllIsRefused() {
    assertThatThrownBy(() -> new DurationArgument().convert("0s"))
        .hasMessageContaining("no time at all");
  }

  @ParameterizedTest
  @CsvSource({
    "512M,536870912",
    "2G,2147483648",
    "1.5GiB,1610612736",
    "64kb,65536",
    "1T,1099511627776"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(new SizeArgument().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "512", "M", "-1G", "1 G", "1X", "99999999999G"})
  void whatIsNoSizeIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> new SizeArgument().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("512M");
  }
}
