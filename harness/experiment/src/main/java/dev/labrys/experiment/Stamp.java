package dev.labrys.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the files that a run is judged by look from outside: who changes or swaps them changes this
/// as well, so that they need not be [read][Fingerprint] again to see that nobody has.
///
/// It rests on the time of a change that the file systems of Linux and macOS keep for themselves,
/// and that nobody can set back.
final class Stamp {
  /// What is said where a file system tells too little: nothing is the same as that.
  static final String NONE = "";

  private static final String TOLD = "unix:ino,size,lastModifiedTime,ctime";

  private Stamp() {}

  static String of(RunFolder folder) throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (Path each : List.of(folder.experiment(), folder.history())) {
      Map<String, Object> told;
      try {
        told = Files.readAttributes(each, TOLD);
      } catch (UnsupportedOperationException otherSystem) {
        return NONE;
      }
      stamp.append(new TreeMap<>(told));
    }
    return stamp.toString();
  }
}
