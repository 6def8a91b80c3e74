package dev.labrys.raft.node;

/// What is known of whoever opened a connection.
interface Guest {

  /// Somebody who has not said yet who it is.
  Guest STRANGER =
      new Guest() {
        @Override
        public boolean isKnown() {
          return false;
        }

        @Override
        public boolean isBusy() {
          return false;
        }
      };

  /// Whether it has said who it is, in a way that was accepted.
  boolean isKnown();

  /// Whether it waits for something, so that its silence means nothing.
  boolean isBusy();
}
