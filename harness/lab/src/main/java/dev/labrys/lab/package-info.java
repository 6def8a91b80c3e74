/// Scenarios that a Raft has to survive, run in simulation from seeds.
@NullMarked
package dev.labrys.lab;

import org.jspecify.annotations.NullMarked;
