package dev.labrys.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads values of EDN (the extensible data notation of Clojure), byte by byte.
final class EdnReader {
  private static final byte SPACE = 1;
  private static final byte DELIMITER = 2;
  private static final byte[] KIND = kinds();
  private static final int MAX_SIMPLE_DIGITS = 18;

  private final TextInput in;
  private final TextPool pool = new TextPool();
  private final StringBuilder unescaped = new StringBuilder();
  private long eventStart;
  private int depth;

  EdnReader(TextInput in) {
    this.in = in;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int i = 0; i <= ' '; i++) {
      kinds[i] = SPACE;
    }
    kinds[','] = SPACE;
    for (char delimiter : "()[]{}\";".toCharArray()) {
      kinds[delimiter] = DELIMITER;
    }
    return kinds;
  }

  /// Says that an event starts here, which must not exceed [Limits#EVENT_BYTES].
  void startEvent() {
    eventStart = in.offset();
  }

  /// Goes to the next byte that means something, past space, comments and discarded values.
  int skipToToken() throws IOException {
    while (true) {
      int next = in.peek();
      if (next == ';') {
        skipLine();
      } else if (next == '#') {
        // The one place where a second byte decides: discard, or something with a value.
        in.mark();
        in.skip();
        if (in.peek() != '_') {
          in.rewind();
          return '#';
        }
        in.unmark();
        in.skip();
        discard();
      } else if (next == TextInput.END || KIND[next] != SPACE) {
        return next;
      } else {
        in.next();
      }
    }
  }

  private void skipLine() throws IOException {
    for (int next = in.next(); next != '\n' && next != TextInput.END; ) {
      next = in.next();
    }
  }

  private void discard() throws IOException {
    enter();
    value();
    depth--;
  }

  private void enter() {
    if (++depth > Limits.NESTING) {
      throw in.malformed("values nested deeper than " + Limits.NESTING);
    }
    if (in.offset() - eventStart > Limits.EVENT_BYTES) {
      throw in.malformed("an operation is longer than " + Limits.EVENT_BYTES + " bytes");
    }
  }

  /// Reads the next value.
  Value value() throws IOException {
    int next = skipToToken();
    return switch (next) {
      case '"' -> Value.of(text());
      case ':' -> Value.keyword(keywordName());
      case '\\' -> character();
      case '[' -> new Value.Sequence(items(']'));
      case '(' -> new Value.Sequence(items(')'));
      case '{' -> new Value.MapOf(entries());
      case '#' -> dispatched();
      case ')', ']', '}' -> throw in.malformed("expected a value, not " + (char) next);
      case TextInput.END -> throw in.malformed("expected a value, not the end");
      default -> atom(next);
    };
  }

  /// As [#value], but equal texts are one object.
  Value pooled() throws IOException {
    return skipToToken() == '"' ? pool.of(text()) : value();
  }

  /// Reads a list of values up to `close`.
  private List<Value> items(char close) throws IOException {
    enter();
    in.skip();
    List<Value> items = new ArrayList<>();
    while (skipToToken() != close) {
      items.add(value());
    }
    in.skip();
    depth--;
    return items;
  }

  private Map<Value, Value> entries() throws IOException {
    enter();
    in.skip();
    Map<Value, Value> entries = new LinkedHashMap<>();
    while (skipToToken() != '}') {
      Value key = value();
      if (skipToToken() == '}') {
        throw in.malformed("expected a value for the key " + key);
      }
      if (entries.put(key, value()) != null) {
        throw in.malformed("the key " + key + " occurs twice");
      }
    }
    in.skip();
    depth--;
    return entries;
  }

  /// Reads what starts with `#`, but for discarded values.
  private Value dispatched() throws IOException {
    in.skip();
    return switch (in.peek()) {
      case '{' -> set();
      case '#' -> symbolicNumber();
      case ':' -> namespacedMap();
      default -> {
        String tag = tag();
        enter();
        Value value = value();
        depth--;
        yield EdnTags.read(tag, value).orElseThrow(() -> notTagged(tag, value));
      }
    };
  }

  private MalformedHistoryException notTagged(String tag, Value value) {
    return in.malformed("#" + tag + " can't stand before " + value);
  }

  /// Reads the name after a `#`.
  String tag() throws IOException {
    int next = in.peek();
    if (!Character.isLetter(next)) {
      throw in.malformed("expected a tag, a set or ##Inf after #");
    }
    return token();
  }

  private Value set() throws IOException {
    Set<Value> items = new LinkedHashSet<>();
    for (Value item : items('}')) {
      if (!items.add(item)) {
        throw in.malformed(item + " occurs twice in a set");
      }
    }
    return Value.set(items);
  }

  private Value symbolicNumber() throws IOException {
    in.skip();
    String name = token();
    return switch (name) {
      case "Inf" -> new Value.Real(Double.POSITIVE_INFINITY);
      case "-Inf" -> new Value.Real(Double.NEGATIVE_INFINITY);
      case "NaN" -> new Value.Real(Double.NaN);
      default -> throw in.malformed("expected ##Inf, ##-Inf or ##NaN, not ##" + name);
    };
  }

  /// Reads `#:space{:name 1}`, which is short for `{:space/name 1}`.
  private Value namespacedMap() throws IOException {
    String space = keywordName();
    if (skipToToken() != '{') {
      throw in.malformed("expected a map after #:" + space);
    }
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Map.Entry<Value, Value> entry : entries().entrySet()) {
      Value key =
          switch (entry.getKey()) {
            case Value.Keyword keyword when keyword.name().startsWith("_/") ->
                Value.keyword(keyword.name().substring(2));
            case Value.Keyword keyword when !keyword.name().contains("/") ->
                Value.keyword(space + "/" + keyword.name());
            default -> entry.getKey();
          };
      if (entries.put(key, entry.getValue()) != null) {
        throw in.malformed("the key " + key + " occurs twice");
      }
    }
    return new Value.MapOf(entries);
  }

  /// The name of the keyword whose colon is next.
  String keywordName() throws IOException {
    in.skip();
    if (in.peek() == ':') {
      throw in.malformed("expected the name of a keyword, not another colon");
    }
    return token();
  }

  /// Reads a run of bytes up to the next space or delimiter.
  private String token() throws IOException {
    in.mark();
    in.skipToken(KIND);
    int length = in.markLength();
    if (length == 0) {
      throw in.malformed("expected a name");
    }
    String token =
        in.isMarkedAscii() ? pool.ofAscii(in.buffer(), in.markStart(), length).text() : in.marked();
    in.unmark();
    return token;
  }

  /// Reads a number, a symbol, `nil`, `true` or `false`, which starts with `first`.
  private Value atom(int first) throws IOException {
    in.mark();
    in.skipToken(KIND);
    int length = in.markLength();
    byte[] bytes = in.buffer();
    int start = in.markStart();
    if (length <= MAX_SIMPLE_DIGITS && isDigits(bytes, start, length)) {
      long number = 0;
      for (int i = start; i < start + length; i++) {
        number = number * 10 + (bytes[i] - '0');
      }
      in.unmark();
      return Value.of(number);
    }
    if (length == 3 && bytes[start] == 'n' && bytes[start + 1] == 'i' && bytes[start + 2] == 'l') {
      in.unmark();
      return Value.nil();
    }
    boolean isSigned = length > 1 && (first == '-' || first == '+');
    boolean isNumber = isDigit(isSigned ? bytes[start + 1] : (byte) first);
    String token = in.marked();
    in.unmark();
    return isNumber ? number(token) : symbol(token);
  }

  private Value number(String token) {
    return Numbers.parse(token)
        .orElseThrow(() -> in.malformed("expected a number or a name, not " + shortened(token)));
  }

  private Value symbol(String token) {
    return switch (token) {
      case "true" -> Value.of(true);
      case "false" -> Value.of(false);
      default -> {
        if ("^@`~\\'".indexOf(token.charAt(0)) >= 0) {
          throw in.malformed("expected a value, not " + shortened(token));
        }
        yield new Value.Symbol(token);
      }
    };
  }

  private static String shortened(String token) {
    return token.length() <= 40 ? token : token.substring(0, 40) + "…";
  }

  private static boolean isDigits(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (!isDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /// Reads a character; its backslash is next.
  private Value character() throws IOException {
    in.skip();
    in.mark();
    // The first byte may well be a delimiter: \( is a character.
    if (in.next() == TextInput.END) {
      throw in.malformed("expected a character after \\");
    }
    in.skipToken(KIND);
    String name = in.marked();
    in.unmark();
    if (name.codePointCount(0, name.length()) == 1) {
      return new Value.Char(name.codePointAt(0));
    }
    return switch (name) {
      case "newline" -> new Value.Char('\n');
      case "return" -> new Value.Char('\r');
      case "space" -> new Value.Char(' ');
      case "tab" -> new Value.Char('\t');
      case "formfeed" -> new Value.Char('\f');
      case "backspace" -> new Value.Char('\b');
      default -> {
        if (!name.startsWith("u") || name.length() != 5) {
          throw in.malformed("expected a character, not \\" + shortened(name));
        }
        yield new Value.Char(codeUnit(name.substring(1)));
      }
    };
  }

  private char codeUnit(String digits) {
    int unit = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), 16);
      if (digit < 0 || digits.charAt(i) > 'f') {
        throw in.malformed("expected four hexadecimal digits, not " + digits);
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /// Reads the text whose opening quote is next.
  private String text() throws IOException {
    in.skip();
    in.mark();
    unescaped.setLength(0);
    while (true) {
      int next = in.peek();
      if (next == '"') {
        String rest = in.marked();
        in.unmark();
        in.skip();
        return unescaped.isEmpty() ? rest : unescaped.append(rest).toString();
      }
      if (next == TextInput.END) {
        throw in.malformed("expected the closing quote of a text");
      }
      if (next == '\\') {
        unescaped.append(in.marked());
        in.unmark();
        unescaped.append(escaped());
        if (unescaped.length() > Limits.TEXT_BYTES) {
          throw in.malformed("a text is longer than " + Limits.TEXT_BYTES + " bytes");
        }
        in.mark();
      } else {
        in.next();
      }
    }
  }

  private char escaped() throws IOException {
    in.skip();
    int next = in.next();
    return switch (next) {
      case '"', '\\', '/' -> (char) next;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < 4; i++) {
          digits.append((char) in.next());
        }
        yield codeUnit(digits.toString());
      }
      default -> throw in.malformed("expected one of \" \\ n r t b f u after a backslash");
    };
  }
}
