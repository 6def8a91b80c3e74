/// Stands between nodes, with proxies of a Toxiproxy server. Start reading at
/// [dev.labrys.cluster.links.LinkProxies].
@NullMarked
package dev.labrys.cluster.links;

import org.jspecify.annotations.NullMarked;
