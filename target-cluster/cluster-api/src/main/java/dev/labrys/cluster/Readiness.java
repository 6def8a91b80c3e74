package dev.labrys.cluster;

/// How to see that a node serves.
public sealed interface Readiness {

  /// It writes a line with this text.
  record Line(String text) implements Readiness {}

  /// It answers `GET path` on one of its ports with a status of 200.
  record Http(String port, String path) implements Readiness {}
}
