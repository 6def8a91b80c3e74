package dev.labrys.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What runs have made in one place outside their folders, and would have removed at their end.
///
/// Each thing bears the mark of its run and of its runner. Nothing without a mark is touched.
public interface Leftovers {

  /// What [#remove] would remove now, for people: `container labrys-…-n1`.
  List<String> find(Sweep sweep) throws IOException;

  /// Removes it, and returns when it is gone.
  ///
  /// @param removed is told each name as soon as that is gone
  /// @throws IOException if something stays; whatever could be removed is gone by then
  void remove(Sweep sweep, Consumer<String> removed) throws IOException;

  /// Removes it, and returns when it is gone.
  ///
  /// @return what was removed
  /// @throws IOException if something stays; whatever could be removed is gone by then
  default List<String> remove(Sweep sweep) throws IOException {
    List<String> removed = new ArrayList<>();
    remove(sweep, removed::add);
    return removed;
  }
}
