package dev.labrys.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/// Some nodes of one system, and what can be done to them: the one face of simulated clusters,
/// local processes and containers.
///
/// Used by one thread, except that levers of different nodes may be pulled, and the network be set,
/// at the same time. Closing it ends every node and removes what the cluster made outside its data
/// folders; closing it twice is closing it once.
public interface Cluster extends AutoCloseable {

  /// All nodes, in order, whatever they are doing.
  List<NodeId> nodes();

  /// What was found possible on this machine when the cluster was made.
  Capabilities capabilities();

  /// What `node` is doing as far as the harness made it: a node that ended by itself is
  /// [NodeState#STOPPED].
  NodeState state(NodeId node);

  /// Pulls `lever` on `node`, and returns once the node is in the state [Lever#after] says.
  ///
  /// @throws IOException if that could not be done; the message says what the system answered
  /// @throws IllegalArgumentException if the cluster has no such node
  /// @throws UnsupportedOperationException if it takes a capability that is missing, saying why
  void pull(Lever lever, NodeId node) throws IOException;

  /// Lets bytes pass as `passages` says, and freely on every way that it does not name, also on
  /// connections that are open. Nothing remains of what was set before.
  ///
  /// @throws IOException if that could not be done; what holds then is unknown until it is set
  ///   again
  /// @throws UnsupportedOperationException if it takes a capability that is missing, saying why
  void network(Map<Way, Passage> passages) throws IOException;

  /// Makes all that is around `node` as `surroundings` say, and usual in what they don't mention.
  ///
  /// @throws IOException if that could not be done
  /// @throws UnsupportedOperationException if it takes a capability that is missing, saying why
  void surround(NodeId node, Surroundings surroundings) throws IOException;

  /// What has happened since this was last asked that nobody asked for and people should know, such
  /// as that a node refused damaged files and was given sound ones.
  default List<String> takeRemarks() {
    return List.of();
  }

  /// Asks the cluster to let `node` lead. Returns once it does, or once it has been asked.
  ///
  /// @throws IOException if there is nobody to ask, or the cluster refuses
  /// @throws UnsupportedOperationException if that capability is missing, saying why
  default void transfer(NodeId node) throws IOException {
    capabilities().require(Capability.TRANSFER_LEADERSHIP);
  }

  /// Asks the cluster to let exactly these nodes be its members. To be called again until it is so.
  ///
  /// @return whether it is so
  /// @throws IOException if there is nobody to ask
  /// @throws UnsupportedOperationException if that capability is missing, saying why
  default boolean members(SortedSet<NodeId> members) throws IOException {
    capabilities().require(Capability.CHANGE_MEMBERS);
    return false;
  }

  /// What `node` says of itself; empty if it does not answer soon, or the harness does not know how
  /// to ask.
  Optional<Standing> standing(NodeId node);

  /// What `node` takes for the time, in milliseconds since 1970, by its wall clock; empty if it
  /// does not answer soon, or the harness does not know how to ask.
  default OptionalLong clockMillis(NodeId node) {
    return OptionalLong.empty();
  }

  /// Where `viewer` reaches `node`. The answer stays the same until the cluster is closed.
  ///
  /// @throws UnsupportedOperationException if nodes have no addresses, as in a simulation
  Address address(NodeId node, Party viewer);

  /// The file with all that `node` has said so far, if it is kept in one.
  Optional<Path> log(NodeId node);

  /// The folder of what `node` must not forget, if it has one here.
  Optional<Path> data(NodeId node);

  @Override
  void close() throws IOException;
}
