package dev.labrys.cluster;

import java.io.IOException;
import java.util.List;

/// What runs have made in one place outside their folders, and would have removed at their end.
///
/// Each thing bears the mark of its run and of its runner. Nothing without a mark is touched.
public interface Leftovers {

  /// What [#remove] would remove now, for people: `container labrys-…-n1`.
  List<String> find(Sweep sweep) throws IOException;

  /// Removes it, and returns when it is gone.
  ///
  /// @return what was removed
  /// @throws IOException if something stays; whatever could be removed is gone by then
  List<String> remove(Sweep sweep) throws IOException;
}
