package dev.labrys.raft.node;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Lets the JDK's HTTP server wait before it tries again to let somebody in.
///
/// When there is no descriptor left, its thread fails and tries again at once, for as long as
/// anybody is at the door, and tells its logger alone. So that is where the thread is stopped for a
/// moment. It does this to all HTTP servers of the process.
final class HttpPatience implements Filter, AutoCloseable {
  private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);

  /// Held, or the filter would go with the logger.
  private final Logger logger = Logger.getLogger("com.sun.net.httpserver");

  private final NodeLog log;

  HttpPatience(NodeLog log) {
    this.log = log;
    logger.setLevel(Level.FINER);
    logger.setFilter(this);
  }

  @Override
  public boolean isLoggable(LogRecord said) {
    if (said.getThrown() instanceof IOException failed
        && said.getMessage().startsWith("Dispatcher")) {
      log.event("accept-failed").with("port", "http").with("why", failed.toString()).write();
      LockSupport.parkNanos(AFTER_FAILURE);
    }
    return said.getLevel().intValue() >= Level.INFO.intValue();
  }

  @Override
  public void close() {
    logger.setFilter(null);
    logger.setLevel(null);
  }
}
