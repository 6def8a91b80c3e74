@NullMarked
package dev.labrys.tidy;

import org.jspecify.annotations.NullMarked;
