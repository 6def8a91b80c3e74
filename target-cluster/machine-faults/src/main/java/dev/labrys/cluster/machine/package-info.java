/// Clocks, disks and files of nodes on this machine, so that they can be hurt. Start reading at
/// [dev.labrys.cluster.machine.NodeSurroundings].
@NullMarked
package dev.labrys.cluster.machine;

import org.jspecify.annotations.NullMarked;
