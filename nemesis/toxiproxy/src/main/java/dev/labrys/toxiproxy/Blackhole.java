package dev.labrys.toxiproxy;

/// `blackhole`: swallows the data, and the end of the stream too.
///
/// No network puts a hole into a stream. So when the toxic is removed, the connections it acted on
/// are reset; until then new ones are accepted, and don't get through to the server if data flows
/// into the hole upstream.
record Blackhole() implements Stage {

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    in.discard();
    return NEVER;
  }

  @Override
  public boolean isTorn() {
    return true;
  }

  @Override
  public boolean letsConnect() {
    return false;
  }
}
