@NullMarked
package dev.labrys.report;

import org.jspecify.annotations.NullMarked;
