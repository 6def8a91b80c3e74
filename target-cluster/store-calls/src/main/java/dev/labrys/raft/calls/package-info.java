/// How the actions of a workload are asked of the store that our Raft replicates. Start reading at
/// [dev.labrys.raft.calls.StoreCall].
@NullMarked
package dev.labrys.raft.calls;

import org.jspecify.annotations.NullMarked;
