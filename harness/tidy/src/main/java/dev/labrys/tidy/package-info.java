/// Checks of the code itself, as tests. There is no main code: the tests read every other module.
@NullMarked
package dev.labrys.tidy;

import org.jspecify.annotations.NullMarked;
