package dev.labrys.cluster.sim;

/// An ordinary network, good or bad.
///
/// @param delay of every message
/// @param lossPermille how many messages of a thousand get lost
/// @param duplicationPermille how many arrive a second time, with a delay of its own
/// @param latePermille how many take `late` in addition
/// @param late how much later those are
/// @param order whether messages over a link stay in order
public record Weather(
    Delay delay,
    int lossPermille,
    int duplicationPermille,
    int latePermille,
    Delay late,
    Order order)
    implements Courier {
  private static final long MICRO = 1_000L;

  /// A data centre on a good day: nothing is lost, and everything arrives in order.
  public static final Weather FAIR =
      new Weather(
          new Delay.Uniform(100 * MICRO, 1_000 * MICRO), 0, 0, 0, Delay.NONE, Order.AS_SENT);

  /// Whether messages may overtake each other.
  public enum Order {
    /// On a link, never: as with TCP. A late message holds up those behind it.
    AS_SENT,
    /// Each arrives when its delay is over: as with UDP, or with a connection per request.
    BY_DELAY
  }

  @Override
  public void carry(Parcel parcel) {
    throw new UnsupportedOperationException();
  }
}
