package dev.labrys.raft.node;

/// A line of the [NodeLog] in the making.
final class LogLine {
  private static final int LONGEST = 200;

  private final NodeLog log;
  private final String event;
  private final JsonText json = new JsonText();

  LogLine(NodeLog log, String event) {
    this.log = log;
    this.event = event;
  }

  /// Adds a text, which is cut if it is long: it may have come from anybody.
  LogLine with(String name, String value) {
    json.with(name, value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value);
    return this;
  }

  LogLine with(String name, long value) {
    json.with(name, value);
    return this;
  }

  /// Hands the line in.
  void write() {
    log.write(event, this);
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
