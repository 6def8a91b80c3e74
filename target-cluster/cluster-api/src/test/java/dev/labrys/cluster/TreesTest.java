package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreesTest {
  @TempDir private Path folder;
  private Path tree;
  private Path elsewhere;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectories(folder.resolve("tree"));
    elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("kept"), "kept");
    Files.createDirectories(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/b/leaf"), "leaf");
    Files.createSymbolicLink(tree.resolve("a/link"), elsewhere);
  }

  @Test
  void aCopyHoldsTheSameAndNothingElse() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.writeString(copy.resolve("old"), "old");

    Trees.copy(tree, copy);

    assertThat(copy).isDirectoryNotContaining("glob:**old");
    assertThat(copy.resolve("a/b/leaf")).hasContent("leaf");
    assertThat(copy.resolve("a/link")).isSymbolicLink();
  }

  @Test
  void aCopyOfNothingIsEmpty() throws IOException {
    Trees.copy(folder.resolve("nothing"), tree);

    assertThat(tree).isEmptyDirectory();
  }

  @Test
  void whatALinkLeadsToStays() throws IOException {
    Trees.delete(tree);

    assertThat(tree).doesNotExist();
    assertThat(elsewhere.resolve("kept")).hasContent("kept");
  }

  @Test
  void aLinkItselfIsDeletedAndNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);

    Trees.delete(link);

    assertThat(link).doesNotExist();
    assertThat(elsewhere.resolve("kept")).hasContent("kept");
  }

  @Test
  void whatIsNotThereNeedsNoDeletion() throws IOException {
    Trees.delete(folder.resolve("nothing"));

    assertThat(folder).isDirectoryContaining("glob:**tree");
  }
}
