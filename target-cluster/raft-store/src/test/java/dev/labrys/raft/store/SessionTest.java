package dev.labrys.raft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Bytes;
import org.junit.jupiter.api.Test;

final class SessionTest {
  private static final Bytes COMMAND = Bytes.of("c");

  private final Session session = new Session(new SessionAnswer.Opened(7));

  @Test
  void requestsAreNumberedFromOne() {
    assertThat(session.request(COMMAND)).isEqualTo(new SessionCommand.Request(7, 1, 1, COMMAND));
    assertThat(session.request(COMMAND)).isEqualTo(new SessionCommand.Request(7, 2, 1, COMMAND));
    assertThat(session.unanswered()).isEqualTo(2);
  }

  @Test
  void aRequestSaysWhatIsNoLongerWaitedFor() {
    SessionCommand.Request first = session.request(COMMAND);
    SessionCommand.Request second = session.request(COMMAND);
    session.finished(second);

    assertThat(session.request(COMMAND).lowestUnanswered()).isEqualTo(1);
    session.finished(first);
    assertThat(session.request(COMMAND).lowestUnanswered()).isEqualTo(3);
    assertThat(session.unanswered()).isEqualTo(2);
  }

  @Test
  void aRequestCanFinishTwice() {
    SessionCommand.Request first = session.request(COMMAND);
    session.finished(first);
    session.finished(first);

    assertThat(session.unanswered()).isZero();
    assertThat(session.request(COMMAND)).isEqualTo(new SessionCommand.Request(7, 2, 2, COMMAND));
  }

  @Test
  void nothingAboveARequestIsAnswered() {
    assertThatThrownBy(() -> new SessionCommand.Request(7, 1, 2, COMMAND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("request 1 can't say that all below 2 are answered");
    assertThatThrownBy(() -> new SessionCommand.Request(7, 1, 0, COMMAND))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
