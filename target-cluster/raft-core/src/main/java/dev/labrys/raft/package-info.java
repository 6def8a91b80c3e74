/// Raft as a pure function of its inputs: what a server is told, and what it wants done.
@NullMarked
package dev.labrys.raft;

import org.jspecify.annotations.NullMarked;
