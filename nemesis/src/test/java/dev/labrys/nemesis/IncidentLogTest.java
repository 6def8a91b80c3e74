package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.nemesis.Incident.Phase;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IncidentLogTest {
  private static final List<Incident> ALL =
      List.of(
          new Incident(0, 0, Phase.MISSED, "kill:target=leader", "nobody \"leads\"\n\u00e9\u0000"),
          new Incident(5_000_000_001L, 1, Phase.BEGINS, "cut:n1=n2+n3,n2=n1", ""),
          new Incident(5_000_000_002L, 1, Phase.IN_FORCE, "cut:n1=n2+n3,n2=n1", ""),
          new Incident(5_000_000_002L, 2, Phase.BEGINS, "pause:target=n1", ""),
          new Incident(6_000_000_000L, 2, Phase.FAILED, "pause:target=n1", "n1: refused"),
          new Incident(7_000_000_000L, 1, Phase.HEALING, "cut:n1=n2+n3,n2=n1", ""),
          new Incident(Long.MAX_VALUE, Integer.MAX_VALUE, Phase.HEALED, "cut:n1=n2+n3,n2=n1", ""));

  private static String written(List<Incident> incidents) throws IOException {
    StringWriter text = new StringWriter();
    try (IncidentLog log = new IncidentLog(text)) {
      incidents.forEach(log);
    }
    return text.toString();
  }

  private static List<Incident> read(String text) throws IOException {
    return IncidentLog.read(new StringReader(text));
  }

  @Test
  void whatIsWrittenCanBeRead() throws IOException {
    String text = written(ALL);

    assertThat(text.lines()).hasSameSizeAs(ALL);
    assertThat(text.lines().skip(1).findFirst())
        .contains(
            "{\"time\":5000000001,\"entry\":1,\"phase\":\"begins\",\"fault\":\"cut:n1=n2+n3,n2=n1\"}");
    assertThat(read(text)).isEqualTo(ALL);
    assertThat(written(read(text))).isEqualTo(text);
    assertThat(read("")).isEmpty();
  }

  @Test
  void whatIsReadCanBeDoneAgain() throws IOException {
    assertThat(Schedule.replay(read(written(ALL))).text())
        .isEqualTo(
            """
            5000000001ns..7s cut:n1=n2+n3,n2=n1
            5000000002ns.. pause:target=n1
            """);
  }

  @Test
  void ofALineThatWasNotWrittenWhollyNothingIsRead() throws IOException {
    String text = written(ALL);

    for (int end = 0; end <= text.length(); end++) {
      String torn = text.substring(0, end);
      int whole = (int) torn.chars().filter(letter -> letter == '\n').count();
      assertThat(read(torn)).isEqualTo(ALL.subList(0, whole));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      textBlock =
          """
          `` @ expected {"time"
          nothing @ this is no JSON object
          [] @ expected {"time"
          {} @ time is missing
          {"time":1} @ entry is missing
          {"time":1,"entry":1,"phase":"begins"} @ fault is missing
          {"time":-1,"entry":1,"phase":"begins","fault":"kill:target=n1"} @ time is a whole number from 0 to
          {"time":9999999999999999999,"entry":1,"phase":"begins","fault":"kill:target=n1"} @ time is a whole number from 0 to
          {"time":1e3,"entry":1,"phase":"begins","fault":"kill:target=n1"} @ time is neither a text nor
          {"time":1,"entry":2147483648,"phase":"begins","fault":"kill:target=n1"} @ entry is a whole number from 0 to 2147483647
          {"time":1,"entry":1,"phase":"dawns","fault":"kill:target=n1"} @ "dawns" is no phase; there are missed, begins, in-force, healing, healed, failed
          {"time":1,"entry":1,"phase":"begins","fault":"murder"} @ "murder" is no fault
          {"time":1,"time":1} @ time is there twice
          {"time":{}} @ time is neither a text nor
          {"time":1,"entry":1,"phase":"begins","fault":"kill:target=n1","x":1} @ there is no field x
          {"time":1,"entry":1,"phase":"begins","fault":"kill:target=n1"}{} @ something stands behind
          """)
  void aLineThatCannotBeReadIsNamed(String line, String complaint) {
    String first = IncidentLog.line(ALL.get(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(first + "\n" + line + "\n"))
        .withMessageStartingWith("line 2: " + complaint);
  }

  @Test
  void longLinesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("x".repeat(IncidentLog.MOST_LETTERS + 1)))
        .withMessage("line 1: it has more than 100000 letters");
  }

  @Test
  void aFullDiskIsNoticedInTheEnd() {
    IncidentLog log =
        new IncidentLog(
            new Writer() {
              @Override
              public void write(char[] letters, int offset, int length) throws IOException {
                throw new IOException("no space left");
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
    ALL.forEach(log);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(log::close)
        .withMessage("no space left");
  }
}
