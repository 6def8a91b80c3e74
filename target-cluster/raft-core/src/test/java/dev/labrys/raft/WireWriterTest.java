package dev.labrys.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WireWriterTest {

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        127,
        128,
        16_383,
        16_384,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void everyNumberComesBackAndHasTheSizeThatWasCounted(long number) throws WireFormatException {
    Bytes plain = new WireWriter(0).number(number).toBytes();
    Bytes signed = new WireWriter(0).signed(number).toBytes();

    assertThat(new WireReader(plain).number()).isEqualTo(number);
    assertThat(new WireReader(signed).signed()).isEqualTo(number);
    assertThat(WireWriter.sizeOfNumber(number)).isEqualTo(plain.length());
  }

  @Test
  void everyLengthOfNumberIsCounted() {
    for (int bits = 0; bits < Long.SIZE; bits++) {
      long number = 1L << bits;
      assertThat(new WireWriter(0).number(number).length())
          .isEqualTo(WireWriter.sizeOfNumber(number))
          .isEqualTo(1 + bits / 7);
    }
  }

  @Test
  void textsAndBytesComeBackInOrder() throws WireFormatException {
    Bytes written =
        new WireWriter(0).text("žluť").bytes(Bytes.EMPTY).octet(200).rest(Bytes.of("!")).toBytes();

    WireReader reader = new WireReader(written);

    assertThat(reader.text()).isEqualTo("žluť");
    assertThat(reader.bytes()).isEqualTo(Bytes.EMPTY);
    assertThat(reader.octet()).isEqualTo(200);
    assertThat(reader.left()).isEqualTo(1);
    assertThat(reader.rest()).isEqualTo(Bytes.of("!"));
    assertThat(reader.left()).isZero();
  }

  @Test
  void whatWasTakenStaysWhenMoreIsWritten() {
    WireWriter writer = new WireWriter(8).rest(Bytes.of("ab"));
    Bytes before = writer.toBytes();

    writer.rest(Bytes.of("cd"));

    assertThat(before).isEqualTo(Bytes.of("ab"));
    assertThat(writer.toBytes()).isEqualTo(Bytes.of("abcd"));
  }

  @Test
  void aSliceIsReadByItself() throws WireFormatException {
    Bytes slice = Bytes.of("xabcx").slice(1, 4);
    WireReader reader = new WireReader(slice);

    assertThat(reader.octet()).isEqualTo('a');
    assertThat(reader.position()).isEqualTo(1);
    assertThat(reader.rest()).isEqualTo(Bytes.of("bc"));
    assertThatThrownBy(reader::octet).hasMessageStartingWith("at byte 3 of 3: ");
  }

  @Test
  void compactBytesLeaveTheOthersBehind() {
    Bytes large = Bytes.copyOf(new byte[1000]);

    assertThat(large.slice(10, 20).compact().array()).hasSize(10);
    assertThat(large.slice(0, 900).compact().array()).hasSize(1000);
    assertThat(large.slice(10, 20).compact()).isEqualTo(large.slice(10, 20));
  }
}
