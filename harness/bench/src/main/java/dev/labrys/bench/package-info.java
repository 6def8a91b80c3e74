@NullMarked
package dev.labrys.bench;

import org.jspecify.annotations.NullMarked;
