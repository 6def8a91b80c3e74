package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Lines for machines to read.
final class NodeLogTest {
  @Test
  void aLineSaysWhenAndWho() {
    List<String> lines =
        logged(log -> {
          log.stands(3, "leader");
          log.event("role").with("was", "candidate").with("count", 5).write();
        });

    assertThat(lines)
        .singleElement()
        .asString()
        .matches(
            "\\{\"time\":\"[0-9T:.Z-]+\",\"nanos\":-?\\d+,\"node\":\"n1\",\"term\":3,"
                + "\"role\":\"leader\",\"event\":\"role\",\"was\":\"candidate\",\"count\":5}");
  }

  @Test
  void textsFromOutsideAreCutAndEscaped() {
    List<String> lines =
        logged(log -> {
          log.event("a").with("why", "x".repeat(1_000)).write();
          log.event("b").with("why", "\"\\\n\u0000\uD800é").write();
        });

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).endsWith("\"why\":\"" + "x".repeat(200) + "…\"}");
    assertThat(lines.getLast()).endsWith("\"why\":\"\\\"\\\\\\u000a\\u0000\\ud800é\"}");
  }

  @Test
  void whatComesTooOftenIsCounted() {
    List<String> lines =
        logged(log -> {
          for (int i = 0; i < 10_000; i++) {
            log.event("often").with("i", i).write();
          }
          log.event("rare").write();
        });

    assertThat(lines.size()).isLessThan(1_000);
    assertThat(lines.getLast()).contains("\"event\":\"rare\"");
  }

  @Test
  void nobodyWaitsForWhoReadsIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              never.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          }
        };
    NodeLog log = new NodeLog(new PrintStream(stuck, true, StandardCharsets.UTF_8), "n1").start();

    for (int i = 0; i < 10_000; i++) {
      log.event("event-" + i).write();
    }
    log.close();

    assertThat(never.getCount()).isEqualTo(1);
  }

  private interface Logging {
    void to(NodeLog log);
  }

  private static List<String> logged(Logging logging) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (NodeLog log =
        new NodeLog(new PrintStream(bytes, false, StandardCharsets.UTF_8), "n1").start()) {
      logging.to(log);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
