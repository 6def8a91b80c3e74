package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;

/// What the store keeps: a whole number, a text, or nothing.
///
/// Compared by what they are: a number never equals the text that shows it.
public sealed interface Datum {

  /// What is where nothing was put.
  record Nothing() implements Datum {
    private static final Nothing NOTHING = new Nothing();

    @Override
    public String toString() {
      return "nothing";
    }
  }

  /// A whole number.
  record Whole(long number) implements Datum {
    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  /// A text, in UTF-8. The store looks at its bytes only, so they may as well be something else.
  record Text(Bytes utf8) implements Datum {

    /// It as Java has it.
    public String text() {
      return utf8.text();
    }

    @Override
    public String toString() {
      return utf8.toString();
    }
  }

  static Datum nothing() {
    return Nothing.NOTHING;
  }

  static Whole of(long number) {
    return new Whole(number);
  }

  static Text of(String text) {
    return new Text(Bytes.of(text));
  }

  /// Whether this is [Nothing].
  default boolean isNothing() {
    return this instanceof Nothing;
  }

  /// The same, without the memory of the message that it may have come in.
  default Datum compact() {
    return switch (this) {
      case Text(Bytes utf8) -> new Text(utf8.compact());
      case Whole _, Nothing _ -> this;
    };
  }

  /// Adds this to `writer`.
  default void write(WireWriter writer) {
    switch (this) {
      case Nothing _ -> writer.octet(0);
      case Whole(long number) -> writer.octet(1).signed(number);
      case Text(Bytes utf8) -> writer.octet(2).bytes(utf8);
    }
  }

  /// What [#write] added.
  static Datum read(WireReader reader) throws WireFormatException {
    int position = reader.position();
    return switch (reader.octet()) {
      case 0 -> nothing();
      case 1 -> new Whole(reader.signed());
      case 2 -> new Text(reader.bytes());
      default -> throw reader.malformedAt(position, "a kind of datum that there is not");
    };
  }
}
