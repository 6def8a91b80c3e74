package dev.labrys.toxiproxy;

/// A request that is refused, with the status and the words of the answer.
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// The body is not what it should be.
  static ApiException badBody(String problem) {
    return new ApiException(400, "bad request body: " + problem);
  }

  static ApiException missing(String field) {
    return new ApiException(400, "missing required field: " + field);
  }

  /// There are as many as there may be.
  static ApiException tooMany(String what, int most) {
    return new ApiException(400, "too many %s: there may be %d".formatted(what, most));
  }

  int status() {
    return status;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
