/// A cluster of Raft cores in one thread under virtual time, with everything that can go wrong.
@NullMarked
package dev.labrys.cluster.sim;

import org.jspecify.annotations.NullMarked;
