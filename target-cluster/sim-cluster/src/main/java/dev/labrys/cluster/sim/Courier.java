package dev.labrys.cluster.sim;

/// Decides what becomes of messages: whether each arrives, when, and how often.
@FunctionalInterface
public interface Courier {

  /// Takes a message that is sent over a link that is not cut. Calls [Parcel#arriveAfter] or
  /// [Parcel#arriveInOrderAfter] once for each time that it is to arrive; not at all loses it.
  ///
  /// @param parcel good for the time of this call only
  void carry(Parcel parcel);
}
