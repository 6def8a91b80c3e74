package dev.labrys.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Records a run: the only place that appends to its journal. Any thread may call it at any time.
///
/// Record an invocation *before* the request is sent and a completion *after* the answer is there.
/// An order that was real may then be missing from the journal, but none is there that was not.
///
/// ```java
/// try (Recorder recorder = Recorder.toFile(path, System::nanoTime)) {
///   recorder.invoke(process, "write", Value.nil(), Value.of(5));
///   client.write(5);
///   recorder.ok(process, Value.nil());
/// }
/// ```
///
/// What no run can produce is refused where it happens ([JournalRules]). A clock that goes back is
/// held until it is past its last reading again.
public final class Recorder implements AutoCloseable {
  private final LongSupplier clock;
  private final Journal journal;
  private final @Nullable HistoryBuilder builder;
  private final ReentrantLock lock = new ReentrantLock();
  private long lastTime = Long.MIN_VALUE;
  private long lastFault;

  private Recorder(LongSupplier clock, Journal journal, @Nullable HistoryBuilder builder) {
    this.clock = clock;
    this.journal = journal;
    this.builder = builder;
  }

  /// Records into memory, for [#history].
  ///
  /// @param clock nanoseconds since the start of the run
  public static Recorder inMemory(LongSupplier clock) {
    HistoryBuilder builder = new HistoryBuilder();
    return new Recorder(clock, new MemoryJournal(builder), builder);
  }

  /// Records into `file`, which must not exist yet, in [HistoryFormat#JSONL].
  ///
  /// If this process is killed, the file lacks what happened in its last few milliseconds, and its
  /// last line may be torn: read it with [Tail#RECOVER]. A file that can't be written any more
  /// makes every later call throw [java.io.UncheckedIOException].
  ///
  /// @param clock nanoseconds since the start of the run
  public static Recorder toFile(Path file, LongSupplier clock) throws IOException {
    return new Recorder(clock, JournalFile.create(file), null);
  }

  /// The same, and `tap` sees each event, in order, once it is written: on the thread of whoever
  /// records, so it must be quick.
  public static Recorder toFile(Path file, LongSupplier clock, Consumer<Event> tap)
      throws IOException {
    return new Recorder(clock, new TappedJournal(JournalFile.create(file), tap), null);
  }

  private record TappedJournal(Journal journal, Consumer<Event> tap) implements Journal {
    @Override
    public void append(Event event) {
      journal.append(event);
      tap.accept(event);
    }

    @Override
    public void flush() {
      journal.flush();
    }

    @Override
    public void close() throws IOException {
      journal.close();
    }
  }

  private record MemoryJournal(HistoryBuilder builder) implements Journal {
    @Override
    public void append(Event event) {
      builder.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /// `process` is about to ask.
  public void invoke(int process, String function, Value key, Value input) {
    invoke(process, function, key, input, Value.MapOf.empty());
  }

  /// `process` is about to ask; `extras` is what there is to be said of it beside. Returns the time
  /// that was written down.
  public long invoke(int process, String function, Value key, Value input, Value.MapOf extras) {
    lock.lock();
    try {
      long time = now();
      journal.append(new Event.Invoked(process, function, key, input, time, extras));
      return time;
    } finally {
      lock.unlock();
    }
  }

  /// `process` has its answer.
  public void ok(int process, Value output) {
    complete(process, Outcome.ok(output));
  }

  /// `process` knows for certain that what it asked did not and will not happen.
  public void fail(int process) {
    complete(process, Outcome.failed());
  }

  /// `process` gives up waiting: what it asked may still happen.
  public void unknown(int process) {
    complete(process, Outcome.unknown());
  }

  /// What `process` asked is over.
  public void complete(int process, Outcome outcome) {
    complete(process, outcome, Value.MapOf.empty());
  }

  /// What `process` asked is over; `extras` may say why. Returns the time that was written down.
  public long complete(int process, Outcome outcome, Value.MapOf extras) {
    lock.lock();
    try {
      long time = now();
      journal.append(new Event.Completed(process, outcome, time, extras));
      return time;
    } finally {
      lock.unlock();
    }
  }

  /// A fault is about to begin. Returns its id, for [#faultHealed].
  public long faultStarted(String fault, Value targets) {
    lock.lock();
    try {
      long id = lastFault + 1;
      journal.append(new Event.FaultStarted(id, fault, targets, now(), Value.MapOf.empty()));
      lastFault = id;
      return id;
    } finally {
      lock.unlock();
    }
  }

  /// The fault `id` is over.
  public void faultHealed(long id) {
    lock.lock();
    try {
      journal.append(new Event.FaultHealed(id, now(), Value.MapOf.empty()));
    } finally {
      lock.unlock();
    }
  }

  /// Anything else worth a line.
  public void note(String source, String label, Value value) {
    lock.lock();
    try {
      journal.append(new Event.Note(source, label, value, now(), Value.MapOf.empty()));
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    lastTime = Math.max(lastTime, clock.getAsLong());
    return lastTime;
  }

  /// Waits until all that was recorded would survive the death of this process.
  public void flush() {
    journal.flush();
  }

  /// What was recorded so far.
  ///
  /// @throws IllegalStateException if this records to a file; read that
  public History history() {
    if (builder == null) {
      throw new IllegalStateException("recorded to a file: read it with HistoryReader");
    }
    lock.lock();
    try {
      return builder.build();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
