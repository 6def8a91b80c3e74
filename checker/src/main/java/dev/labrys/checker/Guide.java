package dev.labrys.checker;

/// What a depth-first search may know of a history beyond its transitions. This one knows nothing;
/// [CellGuide] knows that a value must be there to be seen.
///
/// The search reports each change of its configuration, so that a guide can keep counts instead of
/// counting.
class Guide {
  /// `operation` was called before the front returns: it may be linearized now.
  void opened(int operation) {}

  /// The opposite of [#opened].
  void closed(int operation) {}

  /// `operation` was linearized.
  void took(int operation) {}

  /// The opposite of [#took].
  void restored(int operation) {}

  /// Whether nothing that may still follow can linearize the rest.
  boolean isHopeless(int state) {
    return false;
  }

  /// Whether linearizing `operation` now costs nothing that anyone could miss.
  boolean isFree(int operation, int state) {
    return false;
  }

  /// Whether it can be of use to linearize the optional `operation` now.
  boolean isUseful(int operation) {
    return true;
  }

  /// A number equal for states between which nobody can ever tell a difference.
  int canonical(int state) {
    return state;
  }
}
