package dev.labrys.nemesis;

import java.io.Serial;

/// There is nobody whom a fault could hit.
final class MissedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  MissedException(String why) {
    super(why);
  }
}
