package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.sim.Topic;
import dev.labrys.raft.ServerId;
import org.junit.jupiter.api.Test;

final class StoryTest {
  private static final ServerId N1 = new ServerId(1);
  private static final ServerId N2 = new ServerId(2);

  private final Story story = new Story();

  @Test
  void itLeavesOutWhatServersDoAllTheTime() {
    story.line(1_000_000_000L, N1, Topic.NET, "sends");
    story.line(1_000_000_000L, N1, Topic.LEAD, "leads in term 1");
    story.line(1_000_000_000L, N1, Topic.TIMER, "fires");

    assertThat(story.text(null)).isEqualTo("     1.000000  LEAD    n1      leads in term 1\n");
  }

  @Test
  void ofCommitsInARowTheLastOneIsEnough() {
    story.line(1, N1, Topic.COMMIT, "committed to 1");
    story.line(2, N2, Topic.COMMIT, "committed to 1");
    story.line(3, N1, Topic.COMMIT, "committed to 2");
    story.line(4, N1, Topic.TERM, "enters term 2");
    story.line(5, N1, Topic.COMMIT, "committed to 3");

    assertThat(story.text(null).lines().map(line -> line.substring(13).strip()))
        .containsExactly(
            "COMMIT  n2      committed to 1",
            "COMMIT  n1      committed to 2",
            "TERM    n1      enters term 2",
            "COMMIT  n1      committed to 3");
  }

  @Test
  void ofALongOneTheEndIsTold() {
    for (int term = 1; term <= 100; term++) {
      story.line(term, N1, Topic.TERM, "enters term " + term);
    }

    assertThat(story.text(null).lines().toList())
        .hasSizeBetween(20, 40)
        .startsWith("  …")
        .last()
        .asString()
        .endsWith("enters term 100");
  }
}
