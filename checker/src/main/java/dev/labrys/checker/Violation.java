package dev.labrys.checker;

import dev.labrys.history.Operation;

/// What a [StreamingChecker] saw go wrong.
///
/// @param culprit the operation whose return made it certain
/// @param reason why, in one sentence
public record Violation(Operation culprit, String reason) {}
