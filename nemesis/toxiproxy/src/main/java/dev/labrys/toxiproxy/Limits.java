package dev.labrys.toxiproxy;

/// How much of everything there may be.
final class Limits {
  static final int PROXIES = 4_096;
  static final int TOXICS_OF_A_PROXY = 64;

  /// Clients of one proxy at a time; more are accepted and closed.
  static final int CONNECTIONS = 16_384;

  /// Of a message that is lost, delayed or doubled by itself, in bytes; longer ones pass.
  static final int MESSAGE = 1 << 22;

  /// Of a name or an address, in letters.
  static final int TEXT = 1_024;

  /// Of a request, in bytes.
  static final int HEAD = 1 << 15;

  static final int BODY = 1 << 21;

  /// Of an object in an object in the JSON of a request.
  static final int DEPTH = 32;

  /// Clients of the API at a time; more are closed.
  static final int API_CONNECTIONS = 256;

  /// Time for a request to come in, and between two of them.
  static final int REQUEST_MILLIS = 15_000;

  static final int IDLE_MILLIS = 60_000;

  /// Time series that metrics remember.
  static final int SERIES = 16_384;

  private Limits() {}
}
