/// A Raft server as a process: the core on TCP and a disk, with clients.
@NullMarked
package dev.labrys.raft.node;

import org.jspecify.annotations.NullMarked;
