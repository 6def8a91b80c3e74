@NullMarked
package dev.labrys.synthetic;

import org.jspecify.annotations.NullMarked;
