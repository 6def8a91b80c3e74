/// Whether the machine let its programs run: how late their sleeps were, and why. Start reading at
/// [dev.labrys.host.StallWatch].
@NullMarked
package dev.labrys.host;

import org.jspecify.annotations.NullMarked;
