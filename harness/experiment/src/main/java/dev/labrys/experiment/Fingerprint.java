package dev.labrys.experiment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What a verdict is about, as one number: changed or swapped files don't keep their old verdict.
final class Fingerprint {
  private static final String ALGORITHM = "SHA-256";

  private Fingerprint() {}

  /// Of all that a run is judged by.
  static String of(RunFolder folder) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
    try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Path each : List.of(folder.experiment(), folder.history())) {
        Files.copy(each, sink);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
