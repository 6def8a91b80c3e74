package dev.labrys.raft;

/// A leader's attempt to have another server lead (thesis §3.10).
record Transfer(RequestId request, ServerId target, long deadlineNanos) {}
