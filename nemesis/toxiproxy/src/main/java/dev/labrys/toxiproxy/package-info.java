/// A proxy for TCP that does harm on request. Start reading at
/// [dev.labrys.toxiproxy.ToxiproxyServer]; what can be done to a connection is listed in
/// [dev.labrys.toxiproxy.ToxicType], and each toxic is a file of its name.
@NullMarked
package dev.labrys.toxiproxy;

import org.jspecify.annotations.NullMarked;
