/// Raft as a pure function of its inputs: what a server is told, and what it wants done.
///
/// Start reading at [dev.labrys.raft.Replica], [dev.labrys.raft.Input] and
/// [dev.labrys.raft.Effect]; then [dev.labrys.raft.Rules], which is the paper, and
/// [dev.labrys.raft.Raft], from where the roles are found. "§" is a section of the extended Raft
/// paper (Ongaro, Ousterhout: In Search of an Understandable Consensus Algorithm), "thesis §" one
/// of Ongaro's thesis, "Figure" one of the paper.
@NullMarked
package dev.labrys.raft;

import org.jspecify.annotations.NullMarked;
