/// A run from beginning to end: a cluster, clients, a nemesis, a folder with all that happened, and
/// the verdict. Start reading at [dev.labrys.experiment.Experiment].
@NullMarked
package dev.labrys.experiment;

import org.jspecify.annotations.NullMarked;
