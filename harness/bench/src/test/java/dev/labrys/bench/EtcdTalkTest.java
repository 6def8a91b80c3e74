package dev.labrys.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What goes to etcd and comes from it, as bytes. That etcd understands it, only etcd can tell.
final class EtcdTalkTest {
  private final EtcdTalk talk = new EtcdTalk("Range", "host:1");
  private final ByteBuffer out = ByteBuffer.allocate(1_000);

  private String written() {
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    out.clear();
    return HexFormat.of().formatHex(bytes);
  }

  private static ByteBuffer bytes(String... parts) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(String.join("", parts).replace(" ", "")));
  }

  private static String text(ByteBuffer bytes) {
    return US_ASCII.decode(bytes.duplicate()).toString();
  }

  @Test
  void headersAreNamedByTheTableFromTheSecondRequestOn() {
    talk.get(new byte[] {'k'}, out);
    assertThat(written()).startsWith("000041" + "01" + "04" + "00000001" + "8386" + "44");

    talk.get(new byte[] {'k'}, out);
    assertThat(written())
        .isEqualTo(
            ("000006 01 04 00000003 8386c1c0bfbe" + "000008 00 01 00000003 0000000003 0a016b")
                .replace(" ", ""));
  }

  @Test
  void theValueIsFoundInTheAnswer() throws IOException {
    talk.get(new byte[] {'k'}, out);
    out.clear();
    ByteBuffer answer =
        bytes(
            "000001 01 04 00000001 88",
            "000012 00 00 00000001 000000000d 0a021807 1207 0a016b 2a0276 76",
            "000001 01 05 00000001 88");

    // In pieces, as it may arrive.
    assertThat(talk.take(answer.duplicate().limit(20), out)).isEqualTo(Talk.Heard.NOTHING);
    assertThat(talk.take(answer.position(10), out)).isEqualTo(Talk.Heard.ANSWER);
    assertThat(text(talk.found())).isEqualTo("vv");
  }

  /// A request that failed is answered with headers only.
  @Test
  void anAnswerWithoutAMessageIsARefusal() {
    talk.get(new byte[] {'k'}, out);

    assertThatIOException()
        .isThrownBy(() -> talk.take(bytes("000001 01 05 00000001 88"), out))
        .withMessageContaining("refused");
  }

  @Test
  void settingsAndPingsAreAcknowledged() throws IOException {
    assertThat(talk.take(bytes("000000 04 00 00000000"), out)).isEqualTo(Talk.Heard.WELCOME);
    assertThat(written()).isEqualTo("000000040100000000");

    assertThat(talk.take(bytes("000008 06 00 00000000 0102030405060708"), out))
        .isEqualTo(Talk.Heard.NOTHING);
    assertThat(written()).isEqualTo("0000080601000000000102030405060708");
  }

  @Test
  void aConnectionThatEndsIsAFailure() {
    assertThatIOException()
        .isThrownBy(() -> talk.take(bytes("000008 07 00 00000000 0000000000000000"), out));
  }
}
