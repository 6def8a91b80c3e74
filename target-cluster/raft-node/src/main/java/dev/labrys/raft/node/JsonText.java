package dev.labrys.raft.node;

/// A flat JSON object as text, in the making: for what is written before a JSON library need be
/// loaded.
final class JsonText {
  private final StringBuilder text = new StringBuilder(200).append('{');

  JsonText with(String name, String value) {
    name(name).append('"');
    for (int i = 0; i < value.length(); i++) {
      append(value.charAt(i));
    }
    text.append('"');
    return this;
  }

  JsonText with(String name, long value) {
    name(name).append(value);
    return this;
  }

  private StringBuilder name(String name) {
    return text.append(text.length() > 1 ? "," : "").append('"').append(name).append("\":");
  }

  private void append(char c) {
    if (c == '"' || c == '\\') {
      text.append('\\').append(c);
    } else if (c < ' ' || c == 0x7F || Character.isSurrogate(c)) {
      text.append("\\u%04x".formatted((int) c));
    } else {
      text.append(c);
    }
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
