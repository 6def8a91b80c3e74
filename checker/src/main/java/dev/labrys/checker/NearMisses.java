package dev.labrys.checker;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Finds the names that someone who wrote another one may have meant.
final class NearMisses {
  private static final int FEW_EDITS = 2;

  private NearMisses() {}

  /// The complaint that `name` is not among `names`.
  static String complaint(String what, String name, Collection<String> names) {
    List<String> near = names.stream().filter(known -> isNear(name, known)).toList();
    String hint = near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    return "there is no %s \"%s\"%s Known are %s"
        .formatted(what, name, hint.isEmpty() ? "." : hint, String.join(", ", names));
  }

  private static boolean isNear(String name, String known) {
    String written = name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    boolean isPart = written.length() > 1 && (known.contains(written) || written.contains(known));
    return isPart || edits(written, known) <= FEW_EDITS;
  }

  /// How many letters must be put in, left out or exchanged to make one word into the other.
  private static int edits(String one, String two) {
    int[] row = new int[two.length() + 1];
    for (int column = 0; column <= two.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= two.length(); column++) {
        int exchanged = diagonal + (one.charAt(line - 1) == two.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(exchanged, 1 + Math.min(row[column - 1], diagonal));
      }
    }
    return row[two.length()];
  }
}
