/// A cluster of any program as processes of this machine.
@NullMarked
package dev.labrys.cluster.process;

import org.jspecify.annotations.NullMarked;
