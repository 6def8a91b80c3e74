/// Chooses what clients do next. Start reading at [dev.labrys.workload.Generator].
@NullMarked
package dev.labrys.workload;

import org.jspecify.annotations.NullMarked;
