package dev.labrys.cluster;

import java.util.Optional;

/// What becomes of the files of a node while it is down.
public sealed interface NodeFiles {

  /// Something that happens to all of them.
  enum Whole implements NodeFiles {
    /// Nothing happens to them.
    INTACT,
    /// They are gone, as after a change of the disk.
    WIPED,
    /// They are as they were when the node was last started, as after an old back-up was restored.
    ROLLED_BACK
  }

  /// Something that happens to one of them.
  ///
  /// @param part which
  record Damaged(Part part, Harm harm) implements NodeFiles {}

  /// What a file holds.
  enum Part {
    LOG,
    SNAPSHOT,
    /// The term and the vote.
    VOTE
  }

  /// How bytes come to be others than were written.
  enum Harm {
    /// One bit is another one.
    FLIPPED,
    /// The second half is missing.
    CUT,
    /// Part of a write that nobody was told of is there, behind all others.
    TORN
  }

  /// What a deployment must be able to do for this, if anything.
  default Optional<Capability> need() {
    return switch (this) {
      case Whole whole ->
          switch (whole) {
            case INTACT -> Optional.empty();
            case WIPED -> Optional.of(Capability.WIPE_FILES);
            case ROLLED_BACK -> Optional.of(Capability.ROLL_BACK_FILES);
          };
      case Damaged _ -> Optional.of(Capability.DAMAGE_FILES);
    };
  }
}
