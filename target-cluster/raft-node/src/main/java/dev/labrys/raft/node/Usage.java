package dev.labrys.raft.node;

import dev.labrys.raft.RaftOptions;

/// What `--help` prints.
final class Usage {
  private Usage() {}

  static String text() {
    StringBuilder settings = new StringBuilder();
    for (Setting each : Setting.values()) {
      settings.append(
          "  --%-33s %s%n".formatted(each.word() + " " + each.placeholder(), each.meaning()));
    }
    StringBuilder raft = new StringBuilder();
    for (String keyValue : RaftOptions.DEFAULTS.keyValues()) {
      String key = keyValue.substring(0, keyValue.indexOf('='));
      raft.append("  %-35s %s%n".formatted(keyValue, RaftOptions.keys().get(key)));
    }
    return """
    One server of a Raft cluster, with a disk, a network and clients.

      raft-node --cluster demo --node n1 --data data/n1 --members n1,n2,n3
          --listen-peer 127.0.0.1:7001 --peers n2=127.0.0.1:7002,n3=127.0.0.1:7003
      raft-node --config n1.conf --listen-http 127.0.0.1:9001

    When it serves, it prints one line of JSON with "READY" and its ports, and nothing else. Its
    log is one JSON object a line, on standard error.

    Options, which a file may give as well, a line each: name = value
    %s
    Keys of --raft-option, and what they are by default:
    %s
    Exit codes: 0 asked to stop, 64 wrong options, 69 a port or the data folder is not to be had
    or the disk failed, 70 an error of the node itself.
    """
        .formatted(settings, raft);
  }
}
