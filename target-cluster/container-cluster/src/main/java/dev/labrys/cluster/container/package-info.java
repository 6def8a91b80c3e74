/// A cluster of any image as containers. Start reading at
/// [dev.labrys.cluster.container.ContainerCluster].
@NullMarked
package dev.labrys.cluster.container;

import org.jspecify.annotations.NullMarked;
