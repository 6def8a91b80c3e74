package dev.labrys.runner;

/// Text as it may be shown on a terminal: a file must not be able to move the cursor, change
/// colours or rewrite what was printed before, only because its content is quoted in a message.
final class Printable {
  private Printable() {}

  /// `text` with every character that a terminal would obey rather than show written as `\u001b`.
  /// Line feeds and tabs stay. In JSON, this is an equal document.
  static String of(String text) {
    int first = firstUnsafe(text);
    if (first == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char next = text.charAt(i);
      if (isUnsafe(text, i)) {
        shown.append("\\u%04x".formatted((int) next));
      } else {
        shown.append(next);
      }
    }
    return shown.toString();
  }

  /// The same on a single line: line feeds and tabs are written out, too.
  static String line(String text) {
    return of(text).replace("\n", "\\n").replace("\t", "\\t");
  }

  private static int firstUnsafe(String text) {
    int i = 0;
    while (i < text.length() && !isUnsafe(text, i)) {
      i++;
    }
    return i;
  }

  private static boolean isUnsafe(String text, int index) {
    char next = text.charAt(index);
    return switch (Character.getType(next)) {
      case Character.CONTROL -> next != '\n' && next != '\t';
      // Bidirectional overrides, zero-width characters; line ends that only some tools know.
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.SURROGATE -> !isPaired(text, index);
      default -> false;
    };
  }

  private static boolean isPaired(String text, int index) {
    char half = text.charAt(index);
    return Character.isHighSurrogate(half)
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }
}
