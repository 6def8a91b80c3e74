/// Makes histories whose verdict is known by construction: valid ones by simulating an object that
/// really takes one call at a time, invalid ones by a named corruption of a valid one, hard ones by
/// the shape of a known hard problem.
@NullMarked
package dev.labrys.synthetic;

import org.jspecify.annotations.NullMarked;
