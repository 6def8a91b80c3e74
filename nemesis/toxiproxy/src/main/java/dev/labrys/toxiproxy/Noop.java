package dev.labrys.toxiproxy;

/// `noop`: passes everything.
record Noop() implements Stage {

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    out.takeAll(in);
    return NEVER;
  }
}
