package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.sim.Topic;
import dev.labrys.raft.ServerId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LogColumnsTest {
  private static final ServerId N1 = new ServerId(1);
  private static final ServerId N2 = new ServerId(2);
  private static final ServerId N3 = new ServerId(3);
  private static final Set<Topic> ALL = EnumSet.allOf(Topic.class);

  private final StringBuilder shown = new StringBuilder();

  private void show(LogColumns.Layout layout) {
    LogColumns columns = new LogColumns(layout, shown::append);
    columns.head();
    columns.line(1_500_000_000L, N1, Topic.TERM, "enters term 2");
    columns.line(1_500_001_000L, N3, Topic.VOTE, "votes for n1 in term 2, as it has all it needs");
    columns.line(2_000_000_000L, ServerId.NOBODY, Topic.FAULT, "n1 is cut off");
    columns.line(123_456_789_000L, N2, Topic.LEAD, "leads");
  }

  @Test
  void everyServerHasItsColumn() {
    show(new LogColumns.Layout(List.of(N1, N2, N3), ALL, 80, LogColumns.Paint.PLAIN));

    assertThat(shown.toString())
        .isEqualTo(
            """
                              n1                  n2                  n3
              1.500000 TERM   enters term 2
              1.500001 VOTE                                           votes for n1 in
                                                                      term 2, as it has
                                                                      all it needs
              2.000000 FAULT  — n1 is cut off
            123.456789 LEAD                       leads
            """);
  }

  @Test
  void narrowScreensNameTheServer() {
    show(new LogColumns.Layout(List.of(N1, N2, N3), ALL, 60, LogColumns.Paint.PLAIN));

    assertThat(shown.toString())
        .isEqualTo(
            """
              1.500000 TERM   n1  enters term 2
              1.500001 VOTE   n3  votes for n1 in term 2, as it has all it needs
              2.000000 FAULT  — n1 is cut off
            123.456789 LEAD   n2  leads
            """);
  }

  @Test
  void onlyWhatIsWantedIsShown() {
    Set<Topic> some = EnumSet.of(Topic.TERM, Topic.LEAD, Topic.FAULT);
    show(new LogColumns.Layout(List.of(N2), some, 60, LogColumns.Paint.PLAIN));

    assertThat(shown.toString())
        .isEqualTo(
            """
                              n2
              2.000000 FAULT  — n1 is cut off
            123.456789 LEAD   leads
            """);
  }

  @Test
  void topicsHaveColours() {
    show(new LogColumns.Layout(List.of(N1), ALL, 60, LogColumns.Paint.COLOURED));

    assertThat(shown.toString())
        .contains("TERM   \u001b[35menters term 2\u001b[0m\n", "\u001b[1;31m— n1 is cut off");
  }

  @Test
  void longWordsAreBroken() {
    assertThat(LogColumns.broken("abcdefgh ij", 4)).containsExactly("abcd", "efgh", "ij");
    assertThat(LogColumns.broken("ab cd ef", 5)).containsExactly("ab cd", "ef");
    assertThat(LogColumns.broken("", 5)).containsExactly("");
  }

  @Test
  void aLogOfNothingIsRefused() {
    assertThatThrownBy(() -> new LogColumns.Layout(List.of(), ALL, 80, LogColumns.Paint.PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new LogColumns.Layout(List.of(N1), Set.of(), 80, LogColumns.Paint.PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
