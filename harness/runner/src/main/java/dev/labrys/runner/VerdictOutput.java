package dev.labrys.runner;

/// How `labrys check` says what it found, as it finds it. Told of every history in turn, then of
/// the end.
///
/// An interrupt arrives on another thread; [FirstEnd] keeps the two apart.
interface VerdictOutput {

  void add(FileVerdict verdict);

  /// Nothing more will come.
  void end(Ending ending);

  /// Why nothing more will come.
  enum Ending {
    COMPLETE,
    INTERRUPTED
  }

  /// Says nothing, but why a history could not be judged.
  static VerdictOutput silent(Terminal terminal) {
    return new VerdictOutput() {
      @Override
      public void add(FileVerdict verdict) {
        if (verdict instanceof FileVerdict.Refused(String name, Diagnosis diagnosis, _)) {
          terminal.warn(diagnosis.line(name));
        }
      }

      @Override
      public void end(Ending ending) {}
    };
  }
}
