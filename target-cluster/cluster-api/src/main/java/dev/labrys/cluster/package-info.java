@NullMarked
package dev.labrys.cluster;

import org.jspecify.annotations.NullMarked;
