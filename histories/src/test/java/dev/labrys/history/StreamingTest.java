package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Histories much larger than the heap are read event by event.
@Timeout(300)
final class StreamingTest {
  private static final int OPERATIONS = 500_000;

  @ParameterizedTest
  @EnumSource(names = {"JSONL", "EDN"})
  void aHistoryLargerThanTheHeapIsStreamed(HistoryFormat format) throws Exception {
    Process reader =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallReader.class.getName(),
                format.name())
            .redirectErrorStream(true)
            .start();

    String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output.strip()).isEqualTo(2 * OPERATIONS + " events");
    assertThat(reader.waitFor()).isZero();
  }

  /// Reads a generated history in a small heap.
  static final class SmallReader {
    private SmallReader() {}

    public static void main(String[] arguments) throws IOException {
      HistoryFormat format = HistoryFormat.valueOf(arguments[0]);
      JournalRules rules = new JournalRules("generated");
      long events = 0;
      try (HistoryReader reader =
          HistoryReader.open(new Generated(format), "generated", ReadOptions.standard())) {
        while (reader.advance()) {
          rules.admit(reader.event(), reader.line());
          events++;
        }
      }
      System.out.println(events + " events");
    }
  }

  /// A history that is made while it is read.
  private static final class Generated extends InputStream {
    private final HistoryFormat format;
    private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);
    private long operations;

    Generated(HistoryFormat format) {
      this.format = format;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (current.available() == 0 && operations < OPERATIONS) {
        current = new ByteArrayInputStream(Texts.bytes(operation(format, operations++)));
      }
      return current.read(target, offset, length);
    }

    private static String operation(HistoryFormat format, long i) {
      if (format == HistoryFormat.EDN) {
        return """
        {:index %1$d, :process 1, :type :invoke, :f :write, :value %3$d, :time %1$d}
        {:index %2$d, :process 1, :type :ok, :f :write, :value %3$d, :time %2$d}
        """
            .formatted(2 * i, 2 * i + 1, i);
      }
      String header = i == 0 ? "{\"labrys-history\":1}\n" : "";
      return header
          + """
          {"type":"invoke","process":1,"f":"write","key":"k%3$d","value":%3$d,"time":%1$d}
          {"type":"ok","process":1,"time":%2$d}
          """
              .formatted(2 * i, 2 * i + 1, i);
    }
  }
}
