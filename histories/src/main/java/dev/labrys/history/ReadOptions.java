package dev.labrys.history;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How to read a history: in which format, where its keys are, and what to do about a torn end.
public final class ReadOptions {
  private static final ReadOptions STANDARD = new ReadOptions(null, Keys.FIELD, Tail.STRICT);

  // Null: to be told from the content.
  private final @Nullable HistoryFormat format;
  private final Keys keys;
  private final Tail tail;

  private ReadOptions(@Nullable HistoryFormat format, Keys keys, Tail tail) {
    this.format = format;
    this.keys = keys;
    this.tail = tail;
  }

  /// The format is told from the content, keys are fields, and nothing may be torn.
  public static ReadOptions standard() {
    return STANDARD;
  }

  public ReadOptions withFormat(HistoryFormat newFormat) {
    return new ReadOptions(newFormat, keys, tail);
  }

  public ReadOptions withKeys(Keys newKeys) {
    return new ReadOptions(format, newKeys, tail);
  }

  public ReadOptions withTail(Tail newTail) {
    return new ReadOptions(format, keys, newTail);
  }

  Optional<HistoryFormat> format() {
    return Optional.ofNullable(format);
  }

  Keys keys() {
    return keys;
  }

  Tail tail() {
    return tail;
  }
}
