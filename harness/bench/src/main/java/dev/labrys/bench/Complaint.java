package dev.labrys.bench;

import java.nio.file.NoSuchFileException;

/// What went wrong, in words for whoever can mend it.
final class Complaint {
  private Complaint() {}

  static String of(Exception wrong) {
    if (wrong instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file";
    }
    String message = wrong.getMessage();
    return message == null ? wrong.toString() : message;
  }
}
