package dev.labrys.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A program that can be a node: any system, ours or another's.
public interface Program {

  /// The port on which a node hears other nodes.
  String PEER_PORT = "peer";

  /// The port on which a node hears clients.
  String CLIENT_PORT = "client";

  /// The name users know it by.
  String name();

  /// The ports that a node listens on, by name: [#PEER_PORT], [#CLIENT_PORT], and what else it
  /// needs.
  List<String> ports();

  /// How to start the node of `site`.
  Launch launch(Site site);

  /// What can be done to nodes of this program as it helps with that: they do it to themselves when
  /// they are asked, or the program knows what has to be known.
  default Set<Capability> offers() {
    return Set.of();
  }

  /// Lets no timer of a running node fire for so long; zero ends that.
  ///
  /// @throws IOException if the node does not obey
  default void stallTimers(Function<String, Address> ports, Duration length) throws IOException {
    throw new UnsupportedOperationException(name() + " has no say in its timers");
  }

  /// Lets the timers of a running node go faster by so many millionths, or slower if negative.
  ///
  /// @throws IOException if the node does not obey
  default void driftTimers(Function<String, Address> ports, long millionths) throws IOException {
    throw new UnsupportedOperationException(name() + " has no say in its timers");
  }

  /// Lets the disk of a running node be as said, as far as the node itself can tell.
  ///
  /// @param syncDelay how much longer each sync takes
  /// @throws IOException if the node does not obey
  default void troubleDisk(
      Function<String, Address> ports, Surroundings.Disk disk, Duration syncDelay)
      throws IOException {
    throw new UnsupportedOperationException(name() + " has no say in its disk");
  }

  /// Whether a node keeps a copy of what it has synced where its [site][Site#syncedCopy] says:
  /// there it has what its folder would hold after a loss of power, the copy aside. So power can be
  /// lost on any machine.
  default boolean keepsSyncedCopy() {
    return false;
  }

  /// The files that hold a part of what a node must not forget, the oldest first.
  ///
  /// @param data the node's folder, as seen from here
  default List<Path> files(NodeFiles.Part part, Path data) throws IOException {
    throw new UnsupportedOperationException(name() + " does not say what its files are");
  }

  /// Whether a node takes the time from the C library, as a JVM does, so that another library put
  /// in front of that can change it, and [tells][#clockMillis] what it takes for the time.
  default boolean hasMovableClock() {
    return false;
  }

  /// What a running node takes for the time, in milliseconds since 1970; empty if it does not
  /// answer, or can't be asked.
  default OptionalLong clockMillis(Function<String, Address> ports) {
    return OptionalLong.empty();
  }

  /// As [Cluster#transfer].
  ///
  /// @param nodes whom to ask
  /// @param ports where each listens, by the names of its [ports][#ports]
  default void transfer(
      List<NodeId> nodes, BiFunction<NodeId, String, Address> ports, NodeId target)
      throws IOException {
    throw new UnsupportedOperationException(name() + " does not hand over leadership on request");
  }

  /// As [Cluster#members].
  ///
  /// @param nodes whom to ask
  /// @param ports where each listens, by the names of its [ports][#ports]
  default boolean members(
      List<NodeId> nodes, BiFunction<NodeId, String, Address> ports, SortedSet<NodeId> members)
      throws IOException {
    throw new UnsupportedOperationException(name() + " does not change its members on request");
  }

  /// What a node says of itself; empty if it does not answer soon, or can't be asked.
  ///
  /// @param ports where the node listens, by the names of its [ports][#ports]
  default Optional<Standing> standing(Function<String, Address> ports) {
    return Optional.empty();
  }

  /// A client of this system.
  ///
  /// @param nodes where nodes hear clients; its own comes first
  default Client client(List<Address> nodes, Client.Habit habit) {
    throw new UnsupportedOperationException(name() + " comes without a client");
  }
}
