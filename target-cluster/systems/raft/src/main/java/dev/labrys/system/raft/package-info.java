/// Labrys' own Raft as a system under test.
@NullMarked
package dev.labrys.system.raft;

import org.jspecify.annotations.NullMarked;
