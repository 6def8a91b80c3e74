/// The replicated store: what the entries of the log mean, and that each takes effect once.
///
/// [Store][dev.labrys.raft.store.Store] has something for every model that histories are checked
/// with:
///
/// | model | steps |
/// |---|---|
/// | `register`, `cas-register`, `kv`, `kv-string` | `Put`, `Append`, `Delete`, `CompareAndSet`; `Get` |
/// | `append`, `kv-append`, `log` | `AppendItem`; `ReadList`, `ItemAt` |
/// | `counter`, `unique-id` | `Add`, whose answers are unique if all add one; `Total` |
/// | `set` | `Insert`, `Remove`; `Contains`, `Elements` |
/// | `queue`, `unordered-queue`, `stack` | `Enqueue`, `Dequeue` |
/// | `mutex`, `reentrant-mutex`, `fenced-mutex` | `Acquire`, `Release`; `Holder` |
/// | `multi-register`, `list-append` | `All` of several steps |
/// | `bank` | `Transfer`; `All` of several `Total` |
///
/// [Sessions][dev.labrys.raft.store.Sessions] around it, or around any state machine, see to it
/// that a command which is sent twice is executed once.
@NullMarked
package dev.labrys.raft.store;

import org.jspecify.annotations.NullMarked;
