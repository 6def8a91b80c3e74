/// Whether a cluster gets on once nothing more goes wrong, and what keeps it if not. Start reading
/// at [dev.labrys.liveness.Liveness].
@NullMarked
package dev.labrys.liveness;

import org.jspecify.annotations.NullMarked;
