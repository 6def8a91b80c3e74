package dev.labrys.history;

import java.io.IOException;

/// Where a [Recorder] appends, one event at a time.
interface Journal extends AutoCloseable {

  /// Appends the next event.
  ///
  /// @throws IllFormedHistoryException if no run can go on with `event`, which is then not appended
  void append(Event event);

  /// Waits until all that was appended would survive the death of this process.
  void flush();

  @Override
  void close() throws IOException;
}
