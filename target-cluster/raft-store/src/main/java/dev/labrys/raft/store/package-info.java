/// The replicated store: what the entries of the log mean, and that each takes effect once.
@NullMarked
package dev.labrys.raft.store;

import org.jspecify.annotations.NullMarked;
