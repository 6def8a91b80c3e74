package dev.labrys.lab;

import dev.labrys.cluster.sim.Courier;
import dev.labrys.cluster.sim.Parcel;
import java.util.random.RandomGenerator;

/// The network of the labs, which carries each call on its own.
///
/// Where nothing goes wrong the course's network is as fast as goroutines are. Here a message takes
/// from 2 to 8 ms. That makes races wider, not narrower; it is well below a third of a heartbeat
/// for a client's whole call, as the course demands; and clients that wait for each answer make
/// some 50 calls a second, which tests as much as the hundreds that they would make of it
/// otherwise.
final class LabNetwork implements Courier {
  private static final long MILLI = 1_000_000L;
  private static final long LEAST_NANOS = 2 * MILLI;
  private static final long SPAN_NANOS = 6 * MILLI;

  private static final int LOST_PERMILLE = 100;
  private static final int UNRELIABLE_MILLIS = 27;

  private static final int LATE_OF_900 = 600;
  private static final int LATE_LEAST_MILLIS = 200;
  private static final int LATE_SPAN_MILLIS = 2_000;

  private Quality quality;
  private Replies replies = Replies.AT_ONCE;

  /// What becomes of calls.
  enum Quality {
    RELIABLE,
    /// A request takes up to 26 ms; of ten requests one is lost, and of ten replies one.
    UNRELIABLE
  }

  /// What becomes of replies that are not lost.
  enum Replies {
    AT_ONCE,
    /// Two of three come 200 to 2,199 ms late, sooner rather than later.
    REORDERED
  }

  LabNetwork(Quality quality) {
    this.quality = quality;
  }

  void become(Quality newQuality) {
    quality = newQuality;
  }

  void answer(Replies newReplies) {
    replies = newReplies;
  }

  @Override
  public void carry(Parcel parcel) {
    RandomGenerator random = parcel.random();
    long delay = LEAST_NANOS + Chance.below(random, SPAN_NANOS);
    boolean isReply = parcel.kind().isReply();
    if (quality == Quality.UNRELIABLE) {
      if (Chance.permille(random, LOST_PERMILLE)) {
        return;
      }
      if (!isReply) {
        delay = Chance.below(random, UNRELIABLE_MILLIS * MILLI);
      }
    }
    if (isReply && replies == Replies.REORDERED && Chance.below(random, 900) < LATE_OF_900) {
      delay += (LATE_LEAST_MILLIS + Chance.below(random, 1 + lateSpan(random))) * MILLI;
    }
    parcel.arriveAfter(delay);
  }

  private static long lateSpan(RandomGenerator random) {
    return Chance.below(random, LATE_SPAN_MILLIS);
  }
}
