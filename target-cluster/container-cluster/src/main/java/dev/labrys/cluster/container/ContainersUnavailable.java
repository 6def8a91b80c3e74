package dev.labrys.cluster.container;

import java.io.IOException;
import java.io.Serial;

/// Containers can't be used here, as no engine answers or it lacks what they are made from. The
/// message says why, and what helps.
public final class ContainersUnavailable extends IOException {
  @Serial private static final long serialVersionUID = 1;

  ContainersUnavailable(String message) {
    super(message);
  }
}
