package dev.labrys.toxiproxy;

/// `limit_data`: ends the connection after `bytes` bytes, and drops what is beyond.
///
/// An update of the limit does not begin to count anew.
final class LimitData implements Stage {
  private final long limit;
  private long passed;

  LimitData(Attributes attributes) {
    this.limit = attributes.value("bytes");
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    for (Chunk first = in.first(); first != null; first = in.first()) {
      if (out.isFull()) {
        return NEVER;
      }
      int count = Math.clamp(limit - passed, 0, first.size());
      if (count > 0) {
        out.put(in.take(count));
        passed += count;
      }
      if (passed >= limit) {
        in.discard();
        out.end(nowNanos);
        return NEVER;
      }
    }
    out.takeEnd(in);
    return NEVER;
  }

  @Override
  public void follow(Stage predecessor) {
    if (predecessor instanceof LimitData counted) {
      passed = counted.passed;
    }
  }
}
