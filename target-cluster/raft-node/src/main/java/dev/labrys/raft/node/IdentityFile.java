package dev.labrys.raft.node;

import dev.labrys.raft.ServerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The file that says whose folder it is, and in what format its other files are. It is made last,
/// so a folder that has it is complete.
final class IdentityFile {
  static final String NAME = "identity";

  /// To be changed with everything that programs of before would read wrongly.
  static final int FORMAT = 1;

  private static final int MOST_BYTES = 1_000;

  /// Programs of all formats can read that.
  private static final Pattern TEXT =
      Pattern.compile(
          "(labrys raft folder\\nformat (\\d{1,9})\\n(.*))checksum ([0-9a-f]{8})\\n",
          Pattern.DOTALL);

  private static final Pattern IDENTITY =
      Pattern.compile("cluster ([A-Za-z0-9._-]{1,64})\\nserver ([1-9]\\d{0,9})\\n");

  private IdentityFile() {}

  static void replace(StorageFolder folder, Identity identity) throws IOException {
    String text =
        "labrys raft folder\nformat %d\ncluster %s\nserver %d\n"
            .formatted(FORMAT, identity.cluster(), identity.server().number());
    byte[] bytes = (text + "checksum " + checksum(text) + "\n").getBytes(StandardCharsets.UTF_8);
    folder.replace(NAME, file -> file.write(0, bytes, 0, bytes.length));
  }

  private static String checksum(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "%08x".formatted(RecordFormat.checksum(bytes, 0, bytes.length));
  }

  static Identity read(StorageFolder folder) throws IOException, StorageException {
    Path path = folder.file(NAME);
    Matcher text = TEXT.matcher(text(folder));
    if (!text.matches() || !text.group(4).equals(checksum(text.group(1)))) {
      throw StorageException.damaged(path, 0, "expected lines of text with their checksum");
    }
    if (Integer.parseInt(text.group(2)) != FORMAT) {
      throw new StorageException(
          "%s has format %s, and this program knows format %d"
              .formatted(folder.path(), text.group(2), FORMAT),
          "Start the version of this program that wrote it");
    }
    Matcher identity = IDENTITY.matcher(text.group(3));
    if (!identity.matches() || Long.parseLong(identity.group(2)) > Integer.MAX_VALUE) {
      throw StorageException.damaged(path, 0, "expected a cluster and a server");
    }
    return new Identity(identity.group(1), new ServerId(Integer.parseInt(identity.group(2))));
  }

  private static String text(StorageFolder folder) throws IOException {
    try (FileLayer.OpenFile file = folder.open(NAME)) {
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, file.size())];
      file.read(0, bytes, 0, bytes.length);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
