@NullMarked
package dev.labrys.nemesis;

import org.jspecify.annotations.NullMarked;
