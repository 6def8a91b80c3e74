/// The vocabulary of a run: what clients asked, what they know of the answers, what went wrong
/// meanwhile, and the formats all of that is written in.
///
/// Start reading at [dev.labrys.history.History] (what you get), [dev.labrys.history.HistoryReader]
/// and [dev.labrys.history.HistoryWriter] (from and to files) and [dev.labrys.history.Recorder]
/// (during a run).
@NullMarked
package dev.labrys.history;

import org.jspecify.annotations.NullMarked;
