/// Decides whether a history is allowed, and explains why not.
///
/// Start reading at [dev.labrys.checker.Model] (what you write),
/// [dev.labrys.checker.LinearizabilityChecker] (what you call) and [dev.labrys.checker.Verdict]
/// (what you get).
@NullMarked
package dev.labrys.checker;

import org.jspecify.annotations.NullMarked;
