package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes along with a library of Java that is linked to another, which it does not find where
/// it is now. Skipped where libraries are not those of Linux.
@Timeout(60)
final class ScratchImageTest {
  private static final String IMAGE = "localhost/scratch";
  private static final Path LIBRARIES = Path.of(System.getProperty("java.home"), "lib");

  @TempDir private Path root;

  @BeforeEach
  void copyOne() throws IOException {
    Path linked = LIBRARIES.resolve("libjava.so");
    Assumptions.assumeTrue(Files.exists(linked), "there is no " + linked);
    ScratchImage.copy(linked, root.resolve("libjava.so"));
  }

  @Test
  void aMissingLibraryIsNamed() {
    assertThatThrownBy(() -> ScratchImage.libraries(IMAGE, root))
        .isInstanceOf(ContainersUnavailable.class)
        .hasMessage(
            "localhost/scratch can't be made, as this machine lacks libjvm.so: install it, or name"
                + " another image");
  }

  @Test
  void aLibraryThatIsElsewhereInTheImageIsNotMissing() throws IOException {
    ScratchImage.copy(LIBRARIES.resolve("server/libjvm.so"), root.resolve("server/libjvm.so"));

    assertThat(ScratchImage.libraries(IMAGE, root))
        .isNotEmpty()
        .noneMatch(library -> library.startsWith(root));
  }
}
