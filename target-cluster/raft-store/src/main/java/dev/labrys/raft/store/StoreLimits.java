package dev.labrys.raft.store;

/// How large what is in a store may get. The same on every server of a cluster, as they answer
/// alike.
///
/// @param textBytes to which a text can be made by appending
/// @param items of one list, set or queue; and how many registers, lists and so on there may be, of
///   each kind
public record StoreLimits(int textBytes, int items) {

  /// What nobody reaches by accident.
  public static final StoreLimits DEFAULTS = new StoreLimits(1 << 24, 1 << 24);

  public StoreLimits {
    if (textBytes < 0 || items < 1) {
      throw new IllegalArgumentException(
          "there must be room for %d bytes and %d items".formatted(textBytes, items));
    }
  }
}
