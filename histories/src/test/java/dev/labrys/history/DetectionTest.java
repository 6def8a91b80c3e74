package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectionTest {
  private static HistoryFormat detect(byte[] text, String name) throws IOException {
    try (HistoryReader reader =
        HistoryReader.open(new ByteArrayInputStream(text), name, ReadOptions.standard())) {
      return reader.format();
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " { \"labrys-history\":1}                                          | JSONL",
        "{:process 0, :type :invoke, :f :read, :value nil}                 | EDN",
        "{:process 0, :type :invoke, :f :put, :key \"3\", :value \"x\"}    | KV_LOG",
        "{:process 0, :type :invoke, :f :put, :key \"3\", :time 3}         | EDN",
        "[{:process 0}                                                     | EDN",
        "#jepsen.history.Op{:index 0}                                      | EDN",
        "; remark                                                          | EDN",
        "INFO  jepsen.util - 0 :invoke :read nil                           | ETCD_LOG",
      })
  void theContentTellsTheFormat(String text, HistoryFormat format) throws IOException {
    assertThat(detect(Texts.bytes(text), "history.jsonl")).isEqualTo(format);
    assertThat(detect(gzip(Texts.bytes(text)), "history")).isEqualTo(format);
    assertThat(detect(Texts.bytes("\ufeff" + text), "history")).isEqualTo(format);
  }

  @Test
  void anEmptyFileHasTheFormatOfItsName() throws IOException {
    assertThat(detect(new byte[0], "a.edn.gz")).isEqualTo(HistoryFormat.EDN);
    assertThat(detect(new byte[0], "a.log")).isEqualTo(HistoryFormat.ETCD_LOG);
  }

  @ParameterizedTest
  @CsvSource({"'',is empty", "hello,expected a history", "<html>,expected a history"})
  void anythingElseIsRefused(String text, String problem) {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> detect(Texts.bytes(text), "history"))
        .withMessageContaining(problem);
  }

  @Test
  void brokenCompressionIsMalformed() throws IOException {
    byte[] packed = gzip(Texts.bytes("{:process :n}\n".repeat(1000)));

    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(
            () -> Texts.events(Arrays.copyOf(packed, packed.length - 20), ReadOptions.standard()))
        .withMessageContaining("broken or cut off");
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> Texts.events(Arrays.copyOf(packed, 6), ReadOptions.standard()))
        .withMessageContaining("broken or cut off");
  }
}
