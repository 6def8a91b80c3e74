package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KnownProcessTest {
  private static final KnownProcess SELF = KnownProcess.self();

  @Test
  void aProcessIsFoundAsLongAsItRuns() throws IOException {
    Process process = new ProcessBuilder("sleep", "1000").start();
    KnownProcess known = KnownProcess.of(process.toHandle());
    try {
      assertThat(known.find()).contains(process.toHandle());
      assertThat(known.isGone()).isFalse();
    } finally {
      process.destroyForcibly().onExit().join();
    }

    assertThat(known.find()).isEmpty();
    assertThat(known.isGone()).isTrue();
  }

  @Test
  void aProcessWithAUsedNumberIsAnother() {
    KnownProcess earlier = new KnownProcess(SELF.place(), SELF.pid(), "the day before");

    assertThat(earlier.find()).isEmpty();
    assertThat(earlier.isGone()).isTrue();
  }

  @Test
  void aProcessElsewhereIsNeitherFoundNorGone() {
    KnownProcess elsewhere = new KnownProcess("another machine", SELF.pid(), SELF.started());

    assertThat(elsewhere.find()).isEmpty();
    assertThat(elsewhere.isGone()).isFalse();
  }

  /// Its parent is a shell that does not look after its children any more.
  @Test
  void whatHasEndedUnnoticedIsGone() throws IOException {
    Process parent =
        new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; exec sleep 1000").start();
    try {
      long pid = Long.parseLong(parent.inputReader().readLine());
      ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
      KnownProcess known = KnownProcess.of(child);
      assertThat(known.isGone()).isFalse();

      child.destroyForcibly();

      while (!known.isGone()) {
        Thread.onSpinWait();
      }
    } finally {
      parent.destroyForcibly();
    }
  }
}
