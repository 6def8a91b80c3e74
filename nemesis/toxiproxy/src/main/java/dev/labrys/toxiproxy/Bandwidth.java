package dev.labrys.toxiproxy;

/// `bandwidth`: no more than `rate` kilobytes a second, a kilobyte being 1000 bytes.
///
/// A chunk is held for as long as its bytes take. One that takes longer than a tenth of a second is
/// cut, so that data trickles. At rate 0 nothing passes, and nothing is lost.
final class Bandwidth implements Stage {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_MILLIS = 100;

  private final long rate;

  /// How much of the first chunk is on its way, 0 for none; and when it arrives.
  private int piece;

  private long due;

  /// How late the last piece left: that much earlier the next one may, if it follows closely.
  private long late;

  private long left;

  Bandwidth(Attributes attributes) {
    // A rate below nothing is nothing; beyond this one there is nothing to wait for.
    this.rate = Math.clamp(attributes.value("rate"), 0, Integer.MAX_VALUE / LONGEST_MILLIS);
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    for (Chunk first = in.first(); first != null; first = in.first()) {
      if (rate == 0) {
        return NEVER;
      }
      if (piece == 0) {
        begin(first, nowNanos);
      }
      if (due > nowNanos) {
        return due;
      }
      if (out.isFull()) {
        return NEVER;
      }
      out.put(in.take(piece));
      late = nowNanos - due;
      left = nowNanos;
      piece = 0;
    }
    out.takeEnd(in);
    return NEVER;
  }

  private void begin(Chunk first, long nowNanos) {
    boolean isIdle = nowNanos - left > LONGEST_MILLIS * NANOS_PER_MILLI;
    piece = (int) Math.min(first.size(), rate * LONGEST_MILLIS);
    due = nowNanos + piece * NANOS_PER_MILLI / rate - (isIdle ? 0 : late);
  }

  @Override
  public void letGo(Pipe in, Outlet out) {
    if (rate > 0 && in.first() != null) {
      out.put(in.take());
    }
  }
}
