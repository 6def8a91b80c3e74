package dev.labrys.toxiproxy;

/// `hold`: nothing is read, and nothing is lost; all of it flows when the toxic is removed. That is
/// what a cut cable does to TCP, and the end of a stream waits like the data before it.
///
/// In the upstream direction a new connection is accepted and does not get through to the server
/// before the toxic is removed; with `refuse` 1 it is reset instead.
final class Hold implements Stage {
  private final boolean refuses;

  Hold(Attributes attributes) {
    this.refuses = attributes.value("refuse") != 0;
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    return NEVER;
  }

  /// Nothing at all: so the sender's bytes stay in the sockets.
  @Override
  public long capacity() {
    return 0;
  }

  @Override
  public boolean letsConnect() {
    return false;
  }

  @Override
  public boolean refuses() {
    return refuses;
  }
}
