package dev.labrys.history;

import java.util.Map;

/// Writes values as EDN.
final class EdnValues {
  private EdnValues() {}

  static void value(Utf8Buffer out, Value value) {
    value(out, value, 0);
  }

  private static void value(Utf8Buffer out, Value value, int depth) {
    if (depth > Limits.NESTING) {
      throw new IllegalArgumentException("values nested deeper than " + Limits.NESTING);
    }
    switch (value) {
      case Value.Nil nil -> out.ascii("nil");
      case Value.Bool bool -> out.ascii(bool.toString());
      case Value.Int integer -> out.number(integer.number());
      case Value.Real real -> out.ascii(real(real.number()));
      case Value.Exact exact -> out.ascii(Numbers.requireExact(exact).literal());
      case Value.Text text -> out.quoted(text.text());
      case Value.Char character -> character(out, character.codePoint());
      case Value.Keyword keyword -> EdnTags.keyword(out, keyword.name());
      case Value.Symbol symbol -> EdnTags.symbol(out, symbol.name());
      case Value.Sequence sequence -> items(out.ascii('['), sequence.items(), depth).ascii(']');
      case Value.SetOf set -> items(out.ascii("#{"), set.items(), depth).ascii('}');
      case Value.MapOf map -> map(out, map, depth);
      case Value.Tagged tagged -> {
        boolean isPair = EdnTags.tag(out, tagged.tag());
        value(out, tagged.value(), depth + 1);
        if (isPair) {
          out.ascii(']');
        }
      }
    }
  }

  private static String real(double number) {
    if (Double.isFinite(number)) {
      return Double.toString(number);
    }
    return Double.isNaN(number) ? "##NaN" : number > 0 ? "##Inf" : "##-Inf";
  }

  private static void character(Utf8Buffer out, int codePoint) {
    if (codePoint <= ' '
        || codePoint == 0x7f
        || Character.getType(codePoint) == Character.SURROGATE) {
      out.unicodeEscape((char) codePoint);
    } else {
      out.ascii('\\').codePoint(codePoint);
    }
  }

  private static Utf8Buffer items(Utf8Buffer out, Iterable<Value> items, int depth) {
    boolean isFirst = true;
    for (Value item : items) {
      if (!isFirst) {
        out.ascii(' ');
      }
      isFirst = false;
      value(out, item, depth + 1);
    }
    return out;
  }

  private static void map(Utf8Buffer out, Value.MapOf map, int depth) {
    out.ascii('{');
    boolean isFirst = true;
    for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
      if (!isFirst) {
        out.ascii(", ");
      }
      isFirst = false;
      value(out, entry.getKey(), depth + 1);
      value(out.ascii(' '), entry.getValue(), depth + 1);
    }
    out.ascii('}');
  }
}
