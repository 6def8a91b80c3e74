/// Bugs that somebody met, made to happen each time. The sleep stall is told by
/// [dev.labrys.repro.StallScript].
@NullMarked
package dev.labrys.repro;

import org.jspecify.annotations.NullMarked;
