package dev.labrys.history;

/// Thrown for a history that can't be read: says where, and what was expected there.
public final class MalformedHistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final long line;
  private final long column;
  private final String problem;

  /// A problem at one place.
  ///
  /// @param source the name of the file or stream
  /// @param line counted from 1
  /// @param column in bytes, counted from 1
  /// @param problem what is there, and what was expected
  public MalformedHistoryException(String source, long line, long column, String problem) {
    super(Limits.message("%s:%d:%d: %s".formatted(source, line, column, problem)));
    this.source = source;
    this.line = line;
    this.column = column;
    this.problem = Limits.message(problem);
  }

  public String source() {
    return source;
  }

  public long line() {
    return line;
  }

  public long column() {
    return column;
  }

  public String problem() {
    return problem;
  }
}
