package dev.labrys.raft.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What a [Storage] needs of a file system, and no more.
///
/// Nothing lasts because it was done. The contents and the size of a file survive the loss of power
/// once [OpenFile#force] came back; that a file was created, renamed or deleted, once
/// [#forceFolder] of its folder did. Until then each such deed may turn out to have happened or
/// not, whatever came after it.
interface FileLayer {

  /// Makes a folder, and those that it is in, to last, unless they are there.
  void createFolders(Path folder) throws IOException;

  /// The names in a folder, in order.
  List<String> names(Path folder) throws IOException;

  /// Opens a new, empty file. There must not be one.
  OpenFile create(Path file) throws IOException;

  /// Opens a file that is there.
  OpenFile open(Path file) throws IOException;

  /// Gives a file another name, in the place of the file that had it, if any. At no time is there
  /// none of that name, or half a file.
  void rename(Path from, Path to) throws IOException;

  void delete(Path file) throws IOException;

  /// Makes everything that was created, renamed or deleted in a folder last.
  void forceFolder(Path folder) throws IOException;

  /// Keeps all others out, until it is closed or this process ends in whatever way.
  ///
  /// @param file to be locked; it stays behind
  /// @throws StorageException if somebody else has it
  Closeable lock(Path file) throws IOException, StorageException;

  /// An open file, to be read and written anywhere.
  interface OpenFile extends Closeable {
    long size() throws IOException;

    /// Reads `length` bytes that begin at `position` into `target`, from `offset` on.
    ///
    /// @throws java.io.EOFException if the file ends before
    void read(long position, byte[] target, int offset, int length) throws IOException;

    /// Writes `length` bytes of `source`, from `offset` on, to where `position` says. The file
    /// grows as needed.
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /// Cuts the file.
    void truncate(long size) throws IOException;

    /// Makes what was written last.
    void force() throws IOException;
  }
}
