package dev.labrys.history;

import java.util.Optional;
import java.util.regex.Pattern;

/// How values whose name EDN can't spell are written all the same: as texts under tags of ours, so
/// that every history can be converted to EDN and back.
final class EdnTags {
  private static final String OURS = "labrys/";
  private static final String KEYWORD = OURS + "keyword";
  private static final String SYMBOL = OURS + "symbol";
  private static final String TAGGED = OURS + "tagged";

  // What every reader of EDN agrees on, which is less than ours takes.
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z*!_?$%&=<>][A-Za-z0-9*!_?$%&=<>.+|-]*+(/[A-Za-z0-9*!_?$%&=<>.+|-]++)?+");

  private EdnTags() {}

  /// The value that `#tag value` stands for; none if `tag` is ours and `value` not what it takes.
  static Optional<Value> read(String tag, Value value) {
    if (!tag.startsWith(OURS)) {
      return Optional.of(new Value.Tagged(tag, value));
    }
    return switch (tag) {
      case KEYWORD ->
          value instanceof Value.Text(String name)
              ? Optional.of(Value.keyword(name))
              : Optional.empty();
      case SYMBOL ->
          value instanceof Value.Text(String name)
              ? Optional.of(new Value.Symbol(name))
              : Optional.empty();
      case TAGGED ->
          value instanceof Value.Sequence pair
                  && pair.size() == 2
                  && pair.item(0) instanceof Value.Text(String name)
              ? Optional.of(new Value.Tagged(name, pair.item(1)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// Whether `:name` reads as the keyword of that name.
  static boolean isKeyword(String name) {
    return NAME.matcher(name).matches();
  }

  static boolean isSymbol(String name) {
    return isKeyword(name) && !name.equals("nil") && !name.equals("true") && !name.equals("false");
  }

  static boolean isTag(String tag) {
    return isKeyword(tag) && Character.isLetter(tag.charAt(0)) && !tag.startsWith(OURS);
  }

  static void keyword(Utf8Buffer out, String name) {
    if (isKeyword(name)) {
      out.ascii(':').ascii(name);
    } else {
      out.ascii("#" + KEYWORD + " ").quoted(name);
    }
  }

  static void symbol(Utf8Buffer out, String name) {
    if (isSymbol(name)) {
      out.ascii(name);
    } else {
      out.ascii("#" + SYMBOL + " ").quoted(name);
    }
  }

  /// Writes what comes before a tagged value; says whether a `]` must follow it.
  static boolean tag(Utf8Buffer out, String tag) {
    if (isTag(tag)) {
      out.ascii('#').ascii(tag).ascii(' ');
      return false;
    }
    out.ascii("#" + TAGGED + " [").quoted(tag).ascii(' ');
    return true;
  }
}
