package dev.labrys.cluster.sim;

/// An end of a link: something that messages arrive at.
interface Endpoint {

  /// Which of its lives this is; no message outlives the life of its receiver. Negative if it has
  /// none just now.
  long life();

  /// A message is there.
  ///
  /// @param from the number of the sending endpoint
  void receive(int from, Object message);
}
