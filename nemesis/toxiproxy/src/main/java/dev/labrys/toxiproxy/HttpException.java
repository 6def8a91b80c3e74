package dev.labrys.toxiproxy;

import java.io.IOException;

/// A request that is none, or too much of one.
final class HttpException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  HttpException(int status, String message) {
    super(message);
    this.status = status;
  }

  HttpAnswer answer() {
    return HttpAnswer.error(new ApiException(status, String.valueOf(getMessage())));
  }
}
