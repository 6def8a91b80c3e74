/// The Java examples of README.md and docs, as tests. They stand outside the package of the
/// checker, so they use what a user can use.
@NullMarked
package dev.labrys.checker.example;

import org.jspecify.annotations.NullMarked;
