package dev.labrys.cluster.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A digest of all that an image is made from: two images with the same one are the same.
final class Fingerprint {

  /// The label of an image with its fingerprint.
  static final String LABEL = "dev.labrys.fingerprint";

  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("every JDK has SHA-256", broken);
    }
  }

  Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  /// A file, or everything in a folder.
  Fingerprint add(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      for (Path file : files(path)) {
        add(path.relativize(file).toString()).addContent(file);
      }
      return this;
    }
    return add(path.getFileName().toString()).addContent(path);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Fingerprint addContent(Path file) throws IOException {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(Files.size(file)).flip());
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return this;
  }

  /// The digest of all that was added.
  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
