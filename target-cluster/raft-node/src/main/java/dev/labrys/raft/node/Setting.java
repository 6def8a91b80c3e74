package dev.labrys.raft.node;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// An option of a node, as it is called on the command line and in a file.
enum Setting {
  CONFIG("FILE", "options, one a line: name = value"),
  CLUSTER("NAME", "the cluster; nodes and data of another are refused"),
  NODE("ID", "who this node is: n1, n2 …"),
  DATA("FOLDER", "what must survive; made if missing"),
  MEMBERS("IDS", "who votes when the cluster begins, for example n1,n2,n3; for new folders only"),
  JOIN("", "instead of members: the cluster exists and will take this node in"),
  PEERS("LIST", "where this node reaches others: n2=host:port,n3=host:port; several times"),
  LISTEN_PEER("ADDRESS", "where other nodes connect; port 0 for any that is free"),
  LISTEN_CLIENT("ADDRESS", "where clients of the binary protocol connect"),
  LISTEN_HTTP("ADDRESS", "where HTTP clients connect"),
  ADVERTISE_CLIENT("ADDRESS", "where clients are sent when this node leads; as bound"),
  ADVERTISE_HTTP("ADDRESS", "the same for HTTP"),
  RAFT_OPTION("KEY=VALUE", "how the Raft behaves; several times"),
  ADMIN("WHO", "whose requests below /admin are obeyed: loopback, any, none"),
  MAX_COMMAND("SIZE", "the largest command or query"),
  MAX_REQUESTS("COUNT", "requests that may wait; more are told that the node is busy"),
  MAX_CLIENTS("COUNT", "connections of clients"),
  HANDSHAKE_TIMEOUT("TIME", "for a connection to say who it is"),
  IDLE_TIMEOUT("TIME", "for a client that is silent and waits for nothing"),
  REQUEST_TIMEOUT("TIME", "for a request that names no deadline, and at most"),
  SYNCED_COPY(
      "FOLDER", "a copy of the data is kept there as a loss of power would leave it; for testers"),
  END_WITH_STDIN("", "end at once, as by kill -9, when standard input ends");

  private final String placeholder;
  private final String meaning;

  Setting(String placeholder, String meaning) {
    this.placeholder = placeholder;
    this.meaning = meaning;
  }

  /// As it is written, without hyphens in front.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What its value is, in a word.
  String placeholder() {
    return placeholder;
  }

  String meaning() {
    return meaning;
  }

  /// Whether it is there or not, and has no value.
  boolean isSwitch() {
    return placeholder.isEmpty();
  }

  /// Whether it may be given several times.
  boolean isRepeatable() {
    return this == PEERS || this == RAFT_OPTION;
  }

  static Optional<Setting> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
