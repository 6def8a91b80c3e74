package dev.labrys.lab;

import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.raft.RaftOptions;
import java.util.List;

/// What the labs are run against.
///
/// @param raft how servers behave
/// @param replicas what servers are
/// @param scrutiny how closely they are looked at
public record LabOptions(RaftOptions raft, ReplicaFactory replicas, Scrutiny scrutiny) {

  /// Raft as the labs want it. Entries have exactly the indices that the tests expect, so leaders
  /// add none of their own; and without such an entry, reads must go through the log.
  public static final LabOptions STANDARD =
      new LabOptions(
          RaftOptions.DEFAULTS.withAll(
              List.of("no-op=false", "reads=log", "snapshot-entries=0", "snapshot-chunk=1000")),
          ReplicaFactory.RAFT,
          Scrutiny.INVARIANTS);

  /// How closely servers are looked at.
  public enum Scrutiny {
    /// As the course does: by what the tests ask for.
    DEMANDS,
    /// And by all that must hold after every single event.
    INVARIANTS
  }

  public LabOptions withRaft(RaftOptions changed) {
    return new LabOptions(changed, replicas, scrutiny);
  }

  public LabOptions withReplicas(ReplicaFactory changed) {
    return new LabOptions(raft, changed, scrutiny);
  }

  public LabOptions withScrutiny(Scrutiny changed) {
    return new LabOptions(raft, replicas, changed);
  }
}
