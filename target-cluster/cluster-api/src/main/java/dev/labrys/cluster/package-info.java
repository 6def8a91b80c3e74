/// The seam between the harness and the system it tests: nodes, what can be done to them, and where
/// they listen. Start reading at [dev.labrys.cluster.Cluster].
@NullMarked
package dev.labrys.cluster;

import org.jspecify.annotations.NullMarked;
