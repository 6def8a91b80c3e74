package dev.labrys.lab;

import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.store.Sessions;
import java.util.function.UnaryOperator;

/// What is put to the soak test: servers, and what keeps them from executing a command twice.
///
/// @param sessions makes, of a machine that executes whatever it is given, one that does so once
public record SoakSubject(ReplicaFactory replicas, UnaryOperator<StateMachine> sessions) {

  /// Raft, and sessions, as they should be.
  public static final SoakSubject RAFT = new SoakSubject(ReplicaFactory.RAFT, Sessions::new);

  public SoakSubject withReplicas(ReplicaFactory changed) {
    return new SoakSubject(changed, sessions);
  }

  public SoakSubject withSessions(UnaryOperator<StateMachine> changed) {
    return new SoakSubject(replicas, changed);
  }
}
