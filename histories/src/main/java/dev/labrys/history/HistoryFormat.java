package dev.labrys.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a history is written in a file. Each is read and written, and recognized by its content.
public enum HistoryFormat {
  /// The native one, an event per line: `docs/history-format.md`.
  JSONL("jsonl", ".jsonl"),

  /// Jepsen's: operation maps in EDN, one per line or all in one vector.
  EDN("edn", ".edn"),

  /// The logs of Jepsen's etcd test that come with Porcupine: `INFO jepsen.util - 3 :invoke :read
  /// nil`.
  ETCD_LOG("etcd-log", ".log"),

  /// Porcupine's own key-value logs: EDN maps with a `:key`, without times.
  KV_LOG("kv-log", ".txt");

  static final String GZIPPED = ".gz";
  private static final Pattern JSON_START = Pattern.compile("\\{\\s*+\".*", Pattern.DOTALL);
  private static final Pattern KV_LINE =
      Pattern.compile(
          "\\{:process \\d++, :type :\\w++, :f :\\w++, :key [^\\n]*+.*", Pattern.DOTALL);
  private static final Pattern TIMED = Pattern.compile("[^\\n]*:time .*", Pattern.DOTALL);

  private final String title;
  private final String suffix;

  HistoryFormat(String title, String suffix) {
    this.title = title;
    this.suffix = suffix;
  }

  /// The name users know it by.
  public String title() {
    return title;
  }

  /// The format whose name users know as `title`.
  public static Optional<HistoryFormat> titled(String title) {
    for (HistoryFormat format : values()) {
      if (format.title.equals(title)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /// The format that files with this name have by custom, compressed ones included.
  public static Optional<HistoryFormat> ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(GZIPPED)) {
      name = name.substring(0, name.length() - GZIPPED.length());
    }
    for (HistoryFormat format : values()) {
      if (name.endsWith(format.suffix)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /// The format of a file that starts with `start`, uncompressed: told by content alone.
  public static Optional<HistoryFormat> ofContent(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1).stripLeading();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (text.charAt(0)) {
      case '{' -> Optional.of(ofMap(text));
      case '[', '(', '#', ';' -> Optional.of(EDN);
      case 'I' -> text.startsWith("INFO") ? Optional.of(ETCD_LOG) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static HistoryFormat ofMap(String text) {
    if (JSON_START.matcher(text).matches()) {
      return JSONL;
    }
    return KV_LINE.matcher(text).matches() && !TIMED.matcher(text).matches() ? KV_LOG : EDN;
  }

  EventSource parser(InputStream in, String source, Tail tail) throws IOException {
    return switch (this) {
      case JSONL -> new JsonlParser(in, source, tail);
      case EDN, KV_LOG -> new EdnParser(in, source);
      case ETCD_LOG -> new EtcdLogParser(in, source);
    };
  }

  EventEncoder encoder() {
    return switch (this) {
      case JSONL -> new JsonlEncoder();
      case EDN -> new EdnEncoder(EdnEncoder.Style.JEPSEN);
      case KV_LOG -> new EdnEncoder(EdnEncoder.Style.KEY_VALUE);
      case ETCD_LOG -> new EtcdLogEncoder();
    };
  }
}
