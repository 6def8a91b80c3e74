package dev.labrys.cluster;

/// What a node says of itself.
///
/// @param isLeader whether it takes itself for the leader; several may, and the one of the latest
///   term is right
public record Standing(boolean isLeader, long term) {}
