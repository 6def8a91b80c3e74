package dev.labrys.lab;

import java.util.List;

/// A part of the labs, by the label that ends the names of its tests.
///
/// Raft has the labels it had up to 2023; since 2024 the course calls 2A to 2D 3A to 3D. The
/// key/value store on top of it is 3A and 3B of those years; 4A to 4C are the lab that replaced it
/// in 2025.
public enum Part {
  ELECTION("2A", "raft", "leader election"),
  LOG("2B", "raft", "log replication"),
  PERSISTENCE("2C", "raft", "persistence"),
  COMPACTION("2D", "raft", "log compaction"),
  STORE("3A", "kv", "a key/value store with sessions"),
  STORE_SNAPSHOTS("3B", "kv", "the same with snapshots"),
  MACHINE("4A", "rsm", "any replicated state machine"),
  VERSIONED_STORE("4B", "kv", "a key/value store with versions"),
  VERSIONED_STORE_SNAPSHOTS("4C", "kv", "the same with snapshots");

  private final String label;
  private final String group;
  private final String title;

  Part(String label, String group, String title) {
    this.label = label;
    this.group = group;
    this.title = title;
  }

  /// `2A`.
  public String label() {
    return label;
  }

  /// What it is about, of `raft`, `kv` and `rsm`.
  public String group() {
    return group;
  }

  /// In words.
  public String title() {
    return title;
  }

  static List<String> groups() {
    return List.of("raft", "kv", "rsm");
  }
}
