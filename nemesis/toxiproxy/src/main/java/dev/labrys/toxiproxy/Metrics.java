package dev.labrys.toxiproxy;

import java.util.Map;
import java.util.TreeMap;

/// How many bytes went through each proxy, in the text format of Prometheus.
///
/// As with Toxiproxy, a link is counted when it ends.
final class Metrics {
  private static final String RECEIVED = "toxiproxy_proxy_received_bytes_total";
  private static final String SENT = "toxiproxy_proxy_sent_bytes_total";

  private final Map<String, Long> received = new TreeMap<>();
  private final Map<String, Long> sent = new TreeMap<>();

  /// Where one proxy tells what went through it.
  interface Source {
    /// Counts the bytes of a link that has ended.
    ///
    /// @param sent -1 if the receiver did not take them
    void count(Direction direction, long received, long sent);
  }

  /// Adds to the counters with these labels, for any thread.
  void count(Direction direction, Proxy proxy, long newReceived, long newSent) {
    String labels =
        "{direction=\"%s\",listener=\"%s\",proxy=\"%s\",upstream=\"%s\"}"
            .formatted(
                direction.word(),
                escaped(proxy.listen()),
                escaped(proxy.name()),
                escaped(proxy.upstream()));
    synchronized (this) {
      if (received.size() < Limits.SERIES || received.containsKey(labels)) {
        received.merge(labels, newReceived, Long::sum);
        if (newSent >= 0) {
          sent.merge(labels, newSent, Long::sum);
        }
      }
    }
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  synchronized String text() {
    StringBuilder text = new StringBuilder();
    write(text, RECEIVED, "Bytes read from the sending side", received);
    write(text, SENT, "Bytes written to the receiving side", sent);
    return text.toString();
  }

  private static void write(
      StringBuilder text, String name, String help, Map<String, Long> counters) {
    text.append("# HELP %s %s\n# TYPE %s counter\n".formatted(name, help, name));
    counters.forEach(
        (labels, count) -> text.append(name).append(labels).append(' ').append(count).append('\n'));
  }
}
