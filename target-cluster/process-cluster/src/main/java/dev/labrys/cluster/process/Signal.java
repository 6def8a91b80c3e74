package dev.labrys.cluster.process;

import java.io.IOException;
import java.util.List;

/// What stops a process, and lets it run on.
enum Signal {
  STOP,
  CONT;

  /// By the shell, as not every machine has a program `kill`.
  void send(ProcessHandle process) throws IOException {
    Tool.run(
        List.of("/bin/sh", "-c", "kill -" + name() + " \"$1\"", "kill", "" + process.pid()), "");
  }
}
