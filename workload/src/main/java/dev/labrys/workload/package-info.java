@NullMarked
package dev.labrys.workload;

import org.jspecify.annotations.NullMarked;
