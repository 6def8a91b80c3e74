package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import dev.labrys.raft.Input;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import java.util.HashMap;
import java.util.Map;

/// What must hold of the answers to requests: [Invariant#LINEARIZABLE_READS] and
/// [Invariant#ANSWERS_MATCH_REQUESTS].
final class RequestInvariants {
  private final Violations violations;
  private final CommitInvariants commits;
  private final RaftOptions.Reads reads;
  private final ByServer<Map<RequestId, Asked>> waiting = new ByServer<>(_ -> new HashMap<>());

  RequestInvariants(Violations violations, CommitInvariants commits, RaftOptions.Reads reads) {
    this.violations = violations;
    this.commits = commits;
    this.reads = reads;
  }

  /// What a request was for.
  private sealed interface Asked {

    /// The execution of a command.
    record Execution(Bytes command) implements Asked {}

    /// What there is, when so much was committed.
    record Reading(long committed) implements Asked {}
  }

  void started(ServerId server) {
    waiting.of(server).clear();
  }

  void told(ServerId server, Input input) {
    if (input instanceof Input.Proposed proposed) {
      waiting.of(server).put(proposed.request(), new Asked.Execution(proposed.command()));
    } else if (input instanceof Input.ReadRequested read) {
      waiting.of(server).put(read.request(), new Asked.Reading(commits.lastCommitted()));
    }
  }

  /// The state machine answers `request` with what the entry's command gave.
  void applied(ServerId server, Entry entry, RequestId request) {
    if (request.number() == RequestId.NOBODY.number()) {
      return;
    }
    Asked asked = waiting.of(server).remove(request);
    if (!(asked instanceof Asked.Execution execution)
        || !(entry.content() instanceof Content.Command command)
        || !command.bytes().equals(execution.command())) {
      throw violations.of(
          Invariant.ANSWERS_MATCH_REQUESTS,
          server,
          "%s answers request %s, which wants %s, with what becomes of entry %s, which is %s",
          server,
          request,
          asked == null ? "nothing any more" : asked,
          entry.position(),
          entry.content());
    }
  }

  /// The state machine answers `request` as it is now.
  void queried(ServerId server, RequestId request) {
    if (request.number() == RequestId.NOBODY.number()) {
      return;
    }
    Asked asked = waiting.of(server).remove(request);
    if (!(asked instanceof Asked.Reading reading)) {
      throw violations.of(
          Invariant.ANSWERS_MATCH_REQUESTS,
          server,
          "%s answers request %s as a read, which wants %s",
          server,
          request,
          asked == null ? "nothing any more" : asked);
    }
    if (reading.committed() > commits.applied(server) && reads != RaftOptions.Reads.LOCAL) {
      throw violations.of(
          Invariant.LINEARIZABLE_READS,
          server,
          "%s answers read %s from what it is after entry %d, and entry %d was committed when it"
              + " was asked",
          server,
          request,
          commits.applied(server),
          reading.committed());
    }
  }

  /// The request is answered without the state machine.
  void answered(ServerId server, RequestId request) {
    waiting.of(server).remove(request);
  }
}
