package dev.labrys.toxiproxy;

import java.io.IOException;

/// An address that can't be listened on, or is none.
final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  ListenException(String message) {
    super(message);
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
