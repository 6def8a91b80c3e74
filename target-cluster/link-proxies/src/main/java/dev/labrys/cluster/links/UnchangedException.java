package dev.labrys.cluster.links;

import java.io.IOException;

/// A toxic of the real server that could not be changed in time, or is not there any more.
final class UnchangedException extends IOException {
  private static final long serialVersionUID = 1;

  UnchangedException(String message) {
    super(message);
  }
}
