package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of a server one of whose requests fails as nobody has foreseen.
@Timeout(60)
final class HttpThreadsTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ConcurrentLinkedQueue<Throwable> fatal = new ConcurrentLinkedQueue<>();
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  private List<String> failing(Error bug) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((_, uncaught) -> fatal.add(uncaught));
    try (NodeLog log =
        new NodeLog(new PrintStream(said, false, StandardCharsets.UTF_8), "n1").start()) {
      Thread request =
          HttpApi.threads("n1", log)
              .newThread(() -> {
                throw bug;
              });
      request.start();
      request.join();
    }
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void itGoesOnAndSaysSo() throws InterruptedException {
    assertThat(failing(new StackOverflowError("of one request")))
        .singleElement()
        .asString()
        .contains("request-failed", "of one request");
    assertThat(fatal).isEmpty();
  }

  @Test
  void withoutMemoryItEnds() throws InterruptedException {
    OutOfMemoryError bug = new OutOfMemoryError("for everybody");

    assertThat(failing(bug)).isEmpty();
    assertThat(fatal).containsExactly(bug);
  }
}
