package dev.labrys.cluster.machine;

/// Who sends, and to whom, by their IPv4 addresses.
record Pair(String from, String to) {}
