package dev.labrys.cluster;

import java.util.regex.Pattern;

/// The name of a node, unique in its cluster: `n1`.
///
/// Names are short and plain, as they become host names, folder names and words in schedules. They
/// are ordered so that `n2` comes before `n10`.
public record NodeId(String name) implements Comparable<NodeId> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public NodeId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a node is named by a lower-case letter and up to 31 letters, digits or hyphens, not \"%s\""
              .formatted(name));
    }
  }

  /// The node `n<number>`; numbers start at 1.
  public static NodeId numbered(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("nodes are numbered from 1, not " + number);
    }
    return new NodeId("n" + number);
  }

  /// Shorter names first, then by letter.
  @Override
  public int compareTo(NodeId other) {
    int byLength = Integer.compare(name.length(), other.name.length());
    return byLength != 0 ? byLength : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
