package dev.labrys.lab;
import org.junit.jupiter.api.Test;
import java.util.*;
final class ExploreTest {
  @Test void explore() {
    for (Mutants m : List.of(Mutants.COMMITS_OLD_TERMS, Mutants.VOTES_FOR_ANY_LOG, Mutants.ANSWERS_BEFORE_IT_WRITES))
    for (String pre : List.of("pre-vote=true", "pre-vote=false")) {
      LabTrial trial = new LabTrial(LabOptions.STANDARD.withReplicas(m.factory()).withRaft(LabOptions.STANDARD.raft().withAll(List.of(pre))));
      StringBuilder b = new StringBuilder();
      for (LabTest t : LabTests.select(List.of("2C", "Rejoin2B", "Backup2B", "SnapshotInstallUnCrash2D", "PersistPartition3A"))) {
        int f = 0; String why = ""; int n = 40;
        for (int s = 1; s <= n; s++) { LabResult r = trial.run(t, new LabSeed(s)); if (r.ending() instanceof LabResult.Failed x) { f++; why = x.reason(); } }
        if (f > 0) b.append("\n    ").append(t).append(" ").append(f).append("/" + n + " ").append(why, 0, Math.min(150, why.length()));
      }
      System.out.println(m.name() + " " + pre + b);
    }
  }
}
