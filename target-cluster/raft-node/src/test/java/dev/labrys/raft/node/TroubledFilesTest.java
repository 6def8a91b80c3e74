package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TroubledFilesTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir private Path folder;
  private final TroubledFiles files = new TroubledFiles(new FileLayerOnDisk());
  private FileLayer.OpenFile file;

  @BeforeEach
  void open() throws IOException {
    file = files.create(folder.resolve("file"));
    file.write(0, BYTES, 0, 3);
  }

  private void have(TroubledFiles.Kind kind) {
    files.have(new TroubledFiles.Trouble(kind, 0));
  }

  @Test
  void aFullDiskTakesNothingMoreAndCanBeReadAndSynced() throws IOException {
    have(TroubledFiles.Kind.FULL);

    assertThatThrownBy(() -> file.write(3, BYTES, 0, 3)).hasMessageContaining("No space left");
    assertThatThrownBy(() -> files.create(folder.resolve("more")))
        .hasMessageContaining("No space left");
    file.force();
    assertThat(file.size()).isEqualTo(3);
    files.delete(folder.resolve("file"));

    have(TroubledFiles.Kind.SOUND);
    files.create(folder.resolve("more")).close();
    assertThat(files.names(folder)).containsExactly("more");
  }

  @Test
  void nothingChangesOnADiskThatIsReadOnly() throws IOException {
    have(TroubledFiles.Kind.READ_ONLY);

    assertThatThrownBy(() -> file.write(3, BYTES, 0, 3)).hasMessageContaining("Read-only");
    assertThatThrownBy(() -> file.truncate(0)).hasMessageContaining("Read-only");
    assertThatThrownBy(() -> files.delete(folder.resolve("file")))
        .hasMessageContaining("Read-only");
    assertThatThrownBy(() -> files.rename(folder.resolve("file"), folder.resolve("other")))
        .hasMessageContaining("Read-only");
    assertThat(files.names(folder)).containsExactly("file");
  }

  @Test
  void aSyncThatFailsFailsAfterTheWriteHasSucceeded() throws IOException {
    have(TroubledFiles.Kind.FAILING);

    file.write(3, BYTES, 0, 3);
    assertThatThrownBy(file::force).hasMessageContaining("Input/output error");
    assertThatThrownBy(() -> files.forceFolder(folder)).hasMessageContaining("Input/output error");
  }

  @Test
  void aStalledSyncComesBackWhenTheStallIsOver() {
    have(TroubledFiles.Kind.STALLED);
    CompletableFuture<Void> forced = force();

    files.have(new TroubledFiles.Trouble(TroubledFiles.Kind.STALLED, 1));
    assertThat(forced).isNotDone();
    have(TroubledFiles.Kind.SOUND);

    Await.done(forced);
  }

  @Test
  void aSlowSyncTakesLongerAndIsNotSlowAnyMoreWhenThatIsOver() {
    files.have(new TroubledFiles.Trouble(TroubledFiles.Kind.SOUND, 50_000_000));
    long start = System.nanoTime();
    Await.done(force());
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);

    files.have(new TroubledFiles.Trouble(TroubledFiles.Kind.SOUND, Long.MAX_VALUE / 4));
    CompletableFuture<Void> forced = force();
    have(TroubledFiles.Kind.SOUND);
    Await.done(forced);
  }

  private CompletableFuture<Void> force() {
    CompletableFuture<Void> forced = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            file.force();
            forced.complete(null);
          } catch (IOException failed) {
            forced.completeExceptionally(failed);
          }
        });
    return forced;
  }
}
