package dev.labrys.history;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A journal in a file of the native format.
///
/// Whoever appends only fills a buffer in memory. A thread of our own takes it away and writes it,
/// a few milliseconds later: that is what a killed process loses. Bytes reach the file in order, so
/// at most the last line is torn.
final class JournalFile implements Journal {
  private static final long FLUSH_NANOS = 2_000_000;
  private static final int EAGER_BYTES = 1 << 18;
  private static final int PENDING_BYTES = 1 << 23;

  private final Path file;
  private final OutputStream out;
  private final JsonlEncoder encoder = new JsonlEncoder();
  private final JournalRules rules = new JournalRules("");
  private final Thread flusher;

  // All below is guarded by this object's monitor, but for the buffer that the flusher has taken.
  private Utf8Buffer pending = new Utf8Buffer();
  private Utf8Buffer spare = new Utf8Buffer();
  private long appended;
  private long takenUpTo;
  private long written;
  private boolean isFlushWanted;
  private boolean isClosing;
  private @Nullable Exception failure;

  /// Takes over `out`, an empty file of the name `file`.
  JournalFile(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
    flusher = new Thread(this::flushUntilClosed, "labrys-recorder " + file.getFileName());
    flusher.setDaemon(true);
    flusher.start();
  }

  /// Creates `file`, which must not exist: no recording overwrites another.
  static JournalFile create(Path file) throws IOException {
    OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Utf8Buffer header = new Utf8Buffer();
    new JsonlEncoder().start(header);
    header.writeTo(out);
    return new JournalFile(file, out);
  }

  @Override
  public synchronized void append(Event event) {
    awaitWhile(() -> pending.size() >= PENDING_BYTES && failure == null);
    requireUsable();
    int complete = pending.size();
    try {
      encoder.event(pending, event);
      rules.admit(event, appended);
    } catch (RuntimeException refused) {
      pending.truncate(complete);
      throw refused;
    }
    appended++;
    if (complete == 0 || (complete < EAGER_BYTES && pending.size() >= EAGER_BYTES)) {
      notifyAll();
    }
  }

  @Override
  public synchronized void flush() {
    long target = appended;
    isFlushWanted = true;
    notifyAll();
    awaitWhile(() -> written < target && failure == null);
    requireUsable();
  }

  private void requireUsable() {
    if (failure != null) {
      throw new UncheckedIOException("recording to " + file + " failed", asIoException(failure));
    }
    if (isClosing) {
      throw new IllegalStateException("the recording to " + file + " is closed");
    }
  }

  private static IOException asIoException(Exception failure) {
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  private interface Condition {
    boolean holds();
  }

  /// Waits on the monitor, which the caller holds. An interrupt is left for the caller to see.
  private void awaitWhile(Condition condition) {
    boolean isInterrupted = false;
    while (condition.holds()) {
      try {
        wait();
      } catch (InterruptedException interrupt) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void flushUntilClosed() {
    try {
      for (Utf8Buffer taken = take(); taken.size() > 0; taken = take()) {
        taken.writeTo(out);
        giveBack(taken);
      }
    } catch (IOException | RuntimeException | InterruptedException broken) {
      fail(broken);
    }
  }

  /// Waits for something to write; nothing once this journal is closed and all is written.
  private synchronized Utf8Buffer take() throws InterruptedException {
    while (pending.size() == 0 && !isClosing) {
      wait();
    }
    // More is surely on its way: a write costs more than the few bytes that one event brings.
    long deadline = System.nanoTime() + FLUSH_NANOS;
    long left = FLUSH_NANOS;
    while (left > 0 && pending.size() < EAGER_BYTES && !isFlushWanted && !isClosing) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    Utf8Buffer taken = pending;
    pending = spare;
    spare = taken;
    takenUpTo = appended;
    isFlushWanted = false;
    return taken;
  }

  private synchronized void giveBack(Utf8Buffer taken) {
    taken.clear();
    written = takenUpTo;
    notifyAll();
  }

  private synchronized void fail(Exception broken) {
    failure = broken;
    notifyAll();
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      isClosing = true;
      notifyAll();
    }
    try (out) {
      join();
    }
    if (failure != null) {
      throw new IOException("recording to " + file + " failed", failure);
    }
  }

  private void join() {
    boolean isInterrupted = false;
    while (flusher.isAlive()) {
      try {
        flusher.join();
      } catch (InterruptedException interrupt) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
