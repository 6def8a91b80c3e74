@NullMarked
package dev.labrys.runner;

import org.jspecify.annotations.NullMarked;
