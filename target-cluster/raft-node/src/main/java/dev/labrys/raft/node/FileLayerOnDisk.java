package dev.labrys.raft.node;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The file system of the machine.
final class FileLayerOnDisk implements FileLayer {

  /// Windows opens no folders, and makes names last by itself.
  private static final boolean MUST_FORCE_FOLDERS = File.separatorChar == '/';

  @Override
  public void createFolders(Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder.toAbsolutePath();
        path != null && !Files.exists(path);
        path = path.getParent()) {
      missing.add(path);
    }
    Files.createDirectories(folder);
    for (Path made : missing) {
      forceFolder(made.resolveSibling(""));
    }
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    return new Opened(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return new Opened(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    if (MUST_FORCE_FOLDERS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public Closeable lock(Path file) throws IOException, StorageException {
    return FolderLock.take(file);
  }

  private record Opened(FileChannel channel) implements OpenFile {

    /// What the channel is given at once: for each thread, it keeps a buffer as large as that.
    private static final int MOST_AT_ONCE = 1 << 20;

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        int some = Math.min(MOST_AT_ONCE, length - done);
        int read = channel.read(ByteBuffer.wrap(target, offset + done, some), position + done);
        if (read < 0) {
          throw new EOFException("the file ended at %d while it was read".formatted(position));
        }
        done += read;
      }
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        int some = Math.min(MOST_AT_ONCE, length - done);
        done += channel.write(ByteBuffer.wrap(source, offset + done, some), position + done);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    /// The size is forced with the bytes; times of access and change are not worth waiting for.
    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
