package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RecorderTest {
  @TempDir Path folder;

  private static void record(Recorder recorder, int process, int operations) {
    for (int i = 0; i < operations; i++) {
      recorder.invoke(process, "write", Value.nil(), Value.of(i));
      recorder.ok(process, Value.of(i));
    }
  }

  private static void recordFromTwoThreads(Recorder recorder) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int process = 0; process < 2; process++) {
      int own = process;
      threads.add(Thread.ofPlatform().start(() -> record(recorder, own, 5000)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void memoryHoldsWhatEveryThreadRecorded() throws Exception {
    AtomicLong clock = new AtomicLong();
    try (Recorder recorder = Recorder.inMemory(clock::incrementAndGet)) {
      recordFromTwoThreads(recorder);

      assertThat(recorder.history().operations()).hasSize(10_000).allMatch(Operation::isOk);
    }
  }

  @Test
  void theFileHoldsWhatEveryThreadRecorded() throws Exception {
    Path file = folder.resolve("history.jsonl");
    AtomicLong clock = new AtomicLong();
    try (Recorder recorder = Recorder.toFile(file, clock::incrementAndGet)) {
      recordFromTwoThreads(recorder);
    }

    assertThat(HistoryReader.read(file).operations()).hasSize(10_000).allMatch(Operation::isOk);
  }

  @Test
  void faultsAndNotesAreRecordedOnTheSameTimeLine() throws Exception {
    long[] clock = {10, 20, 15, 30, 40};
    AtomicLong ticks = new AtomicLong();
    try (Recorder recorder = Recorder.inMemory(() -> clock[(int) ticks.getAndIncrement()])) {
      long fault = recorder.faultStarted("kill", Value.of("n1"));
      recorder.note("raft", "leader", Value.of("n2"));
      recorder.faultHealed(fault);
      recorder.invoke(0, "read", Value.nil(), Value.nil());
      recorder.unknown(0);

      assertThat(recorder.history().annotations())
          .containsExactly(
              new Event.FaultStarted(1, "kill", Value.of("n1"), 10, Value.MapOf.empty()),
              new Event.Note("raft", "leader", Value.of("n2"), 20, Value.MapOf.empty()),
              new Event.FaultHealed(1, 20, Value.MapOf.empty()));
      assertThat(recorder.history().operations())
          .extracting(Operation::outcome)
          .containsExactly(Outcome.unknown());
    }
  }

  @Test
  void whatCannotBeIsRefusedAndLeavesNoTrace() throws Exception {
    Path file = folder.resolve("history.jsonl");
    try (Recorder recorder = Recorder.toFile(file, () -> 1)) {
      recorder.invoke(0, "read", Value.nil(), Value.nil());

      assertThatExceptionOfType(IllFormedHistoryException.class)
          .isThrownBy(() -> recorder.invoke(0, "read", Value.nil(), Value.nil()));
      assertThatExceptionOfType(IllFormedHistoryException.class)
          .isThrownBy(() -> recorder.faultHealed(7));
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> recorder.note("s", "l", new Value.Exact("no number")));
    }

    assertThat(HistoryReader.read(file).size()).isEqualTo(1);
  }

  @Test
  void aRecordingOverwritesNothing() throws Exception {
    Path file = Files.createFile(folder.resolve("history.jsonl"));

    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Recorder.toFile(file, () -> 1));
  }

  @Test
  void aClosedRecorderRefusesMore() throws Exception {
    Recorder recorder = Recorder.toFile(folder.resolve("history.jsonl"), () -> 1);
    recorder.close();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> recorder.note("s", "l", Value.nil()));
  }

  /// A disk on which nothing more fits.
  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      throw new IOException("no space left");
    }
  }

  @Test
  void aFullDiskIsToldToWhoRecords() throws Exception {
    JournalFile journal = new JournalFile(folder.resolve("unused"), new FullDisk());

    journal.append(new Event.Note("s", "l", Value.nil(), 1, Value.MapOf.empty()));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(journal::flush)
        .withMessageContaining("recording to");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () -> journal.append(new Event.Note("s", "l", Value.nil(), 1, Value.MapOf.empty())));
    assertThatExceptionOfType(IOException.class).isThrownBy(journal::close);
  }

  /// Records for ever, and prints how many operations have reached the file for certain.
  static final class Victim {
    private static final int BATCH = 500;

    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      Recorder recorder = Recorder.toFile(Path.of(arguments[0]), System::nanoTime);
      for (int flushed = BATCH; ; flushed += BATCH) {
        record(recorder, 0, BATCH);
        recorder.flush();
        System.out.println(flushed);
      }
    }
  }

  @Test
  void killingTheRecorderLosesAtMostTheLastInstant() throws Exception {
    Path file = folder.resolve("history.jsonl");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long flushed = 0;
    try (BufferedReader output = victim.inputReader(StandardCharsets.UTF_8)) {
      while (flushed < 5000) {
        flushed = Long.parseLong(output.readLine());
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }

    History history = HistoryReader.read(file, ReadOptions.standard().withTail(Tail.RECOVER));

    assertThat(history.operations().stream().filter(Operation::isOk).count())
        .isGreaterThanOrEqualTo(flushed);
  }
}
