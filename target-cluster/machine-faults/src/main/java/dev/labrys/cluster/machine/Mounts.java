package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The file systems of this machine that are in files, as the kernel lists them.
final class Mounts {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final Path DEVICES = Path.of("/sys/block");
  private static final Pattern LINE =
      Pattern.compile("\\S+ \\S+ \\S+ \\S+ (\\S+) .* - \\S+ /dev/(loop\\d+) .*");
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  private Mounts() {}

  /// A file system.
  ///
  /// @param folder where it is mounted
  /// @param image the file that it is in
  record Mount(Path folder, Path image) {}

  /// All of them; none where there is no such list.
  static List<Mount> all() throws IOException {
    List<Mount> found = new ArrayList<>();
    if (Files.exists(TABLE)) {
      for (String line : Files.readAllLines(TABLE, StandardCharsets.UTF_8)) {
        Matcher mount = LINE.matcher(line);
        if (mount.matches()) {
          Path folder = Path.of(plain(mount.group(1)));
          image(mount.group(2)).ifPresent(image -> found.add(new Mount(folder, image)));
        }
      }
    }
    return found;
  }

  private static Optional<Path> image(String device) {
    try {
      Path file = DEVICES.resolve(device).resolve("loop/backing_file");
      return Optional.of(Path.of(Files.readString(file, StandardCharsets.UTF_8).strip()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /// Blanks and the like are written as numbers there.
  private static String plain(String written) {
    return OCTAL
        .matcher(written)
        .replaceAll(
            code -> Matcher.quoteReplacement("" + (char) Integer.parseInt(code.group(1), 8)));
  }

  static boolean isMounted(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    Path real = folder.toRealPath();
    return all().stream().anyMatch(mount -> mount.folder().equals(real));
  }

  /// Whether any file system in `image` is in use, be it where this process can't see it: another
  /// mount namespace, such as that of a container that is just being made, holds what it has
  /// copied.
  static boolean isInUse(Path image) throws IOException {
    if (!Files.isDirectory(DEVICES) || !Files.exists(image)) {
      return false;
    }
    Path real = image.toRealPath();
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(DEVICES, "loop*")) {
      for (Path device : devices) {
        if (image(device.getFileName().toString()).filter(real::equals).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
