package dev.labrys.lab;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import java.util.Map;
import java.util.TreeMap;

/// The store of 2025: texts with versions. A text is put at a key only if the client knows the
/// version of what is there, so putting it twice is putting it once.
///
/// It takes `get KEY` and `put VERSION KEY TEXT`, and says `VERSION TEXT` as it is afterwards; to a
/// put that came too late, `! VERSION TEXT`.
final class VersionedStore implements StateMachine {
  private static final Held NOTHING = new Held("", 0);

  private final Map<String, Held> texts = new TreeMap<>();

  /// A text, and how often it was put until it was this one.
  record Held(String text, long version) {
    static Held of(String shown) {
      int space = shown.indexOf(' ');
      return new Held(shown.substring(space + 1), Long.parseLong(shown.substring(0, space)));
    }

    @Override
    public String toString() {
      return version + " " + text;
    }
  }

  static Bytes get(String key) {
    return Bytes.of("get " + key);
  }

  static Bytes put(String key, String text, long version) {
    return Bytes.of("put %d %s %s".formatted(version, key, text));
  }

  @Override
  public Bytes apply(long index, Bytes command) {
    String text = command.text();
    return text.startsWith("put ") ? put(text) : query(command);
  }

  private Bytes put(String command) {
    String[] words = command.split(" ", 4);
    Held held = texts.getOrDefault(words[2], NOTHING);
    if (held.version() != Long.parseLong(words[1])) {
      return Bytes.of("! " + held);
    }
    Held put = new Held(words[3], held.version() + 1);
    texts.put(words[2], put);
    return Bytes.of(put.toString());
  }

  @Override
  public Bytes query(Bytes query) {
    String key = query.text().substring("get ".length());
    return Bytes.of(texts.getOrDefault(key, NOTHING).toString());
  }

  @Override
  public Bytes snapshot() {
    StringBuilder lines = new StringBuilder();
    texts.forEach((key, held) -> lines.append(key).append(' ').append(held).append('\n'));
    return Bytes.of(lines.toString());
  }

  @Override
  public void restore(Bytes state) {
    texts.clear();
    state
        .text()
        .lines()
        .forEach(line -> {
          int space = line.indexOf(' ');
          texts.put(line.substring(0, space), Held.of(line.substring(space + 1)));
        });
  }
}
