/// What the documents show.
@NullMarked
package dev.labrys.workload.example;

import org.jspecify.annotations.NullMarked;
