/// The vocabulary of a run: what clients asked, what they know of the answers, what went wrong
/// meanwhile, and the formats all of that is written in.
@NullMarked
package dev.labrys.history;

import org.jspecify.annotations.NullMarked;
