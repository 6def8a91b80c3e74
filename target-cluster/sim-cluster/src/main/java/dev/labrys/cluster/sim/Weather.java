package dev.labrys.cluster.sim;

import java.util.random.RandomGenerator;

/// An ordinary network, good or bad.
///
/// @param delay of every message
/// @param lossPermille how many messages of a thousand get lost
/// @param duplicationPermille how many arrive a second time, out of order and with a delay of its
///   own
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
  private static final int THOUSAND = 1_000;

  /// A data centre on a good day: nothing is lost, and everything arrives in order.
  public static final Weather FAIR =
      new Weather(
          new Delay.Uniform(100 * MICRO, 1_000 * MICRO), 0, 0, 0, Delay.NONE, Order.AS_SENT);

  /// Whether messages may overtake each other.
  public enum Order {
    /// On a link, never: as with TCP. A late message holds up those behind it.
    AS_SENT,
    /// Each arrives when its delay is over: as with UDP, or with a connection for each request.
    BY_DELAY
  }

  public Weather {
    permille("loss", lossPermille);
    permille("duplication", duplicationPermille);
    permille("late messages", latePermille);
  }

  private static void permille(String what, int permille) {
    if (permille < 0 || permille > THOUSAND) {
      throw new IllegalArgumentException("%s: %d of a thousand can't be".formatted(what, permille));
    }
  }

  @Override
  public void carry(Parcel parcel) {
    RandomGenerator random = parcel.random();
    if (Dice.permille(random, lossPermille)) {
      return;
    }
    if (order == Order.AS_SENT) {
      parcel.arriveInOrderAfter(nanos(random));
    } else {
      parcel.arriveAfter(nanos(random));
    }
    if (Dice.permille(random, duplicationPermille)) {
      parcel.arriveAfter(nanos(random));
    }
  }

  private long nanos(RandomGenerator random) {
    long nanos = delay.draw(random);
    return Dice.permille(random, latePermille) ? nanos + late.draw(random) : nanos;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("messages take ").append(delay);
    part(text, lossPermille, "get lost");
    part(text, duplicationPermille, "come twice");
    part(text, latePermille, "are late by " + late);
    return text.append(order == Order.AS_SENT ? ", in order" : ", in any order").toString();
  }

  private static void part(StringBuilder text, int permille, String what) {
    if (permille > 0) {
      text.append(", ").append(permille).append("‰ ").append(what);
    }
  }
}
