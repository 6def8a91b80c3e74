package dev.labrys.history;

import java.io.Closeable;
import java.io.IOException;

/// A parser of one format: gives the events of a history one by one.
interface EventSource extends Closeable {

  /// Goes to the next event; false at the end.
  ///
  /// @throws MalformedHistoryException if what follows is not an event
  boolean advance() throws IOException;

  /// The event that the last [#advance] went to.
  Event event();

  /// The line in which [#event] starts, counted from 1.
  long line();
}
