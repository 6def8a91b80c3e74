package dev.labrys.raft.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private static final SessionAnswer EXPIRED =
      new SessionAnswer.Refused(SessionAnswer.Reason.EXPIRED);
  private static final SessionAnswer ANSWERED =
      new SessionAnswer.Refused(SessionAnswer.Reason.ANSWERED);
  private static final SessionAnswer TOO_MANY =
      new SessionAnswer.Refused(SessionAnswer.Reason.TOO_MANY);

  private long index;

  private SessionAnswer apply(StateMachine machine, SessionCommand command)
      throws WireFormatException {
    index++;
    return SessionAnswer.of(machine.apply(index, command.toBytes()));
  }

  private Session open(StateMachine machine) throws WireFormatException {
    return new Session((SessionAnswer.Opened) apply(machine, new SessionCommand.Open()));
  }

  private static Bytes addOne() {
    return new Command.Add("x", 1).toBytes();
  }

  private static SessionAnswer total(long total) {
    return new SessionAnswer.Executed(new Answer.Found(Datum.of(total)).toBytes());
  }

  @Test
  void aRepeatedRequestIsAnsweredFromMemory() throws WireFormatException {
    Sessions sessions = new Sessions(new Store());
    Session session = open(sessions);
    SessionCommand.Request first = session.request(addOne());

    assertThat(apply(sessions, first)).isEqualTo(total(1));
    assertThat(apply(sessions, first)).isEqualTo(total(1));
    assertThat(apply(sessions, session.request(addOne()))).isEqualTo(total(2));
    assertThat(apply(sessions, first)).isEqualTo(total(1));
  }

  /// D5: "the last number of each client" would swallow the one that comes late.
  @Test
  void requestsOnTheirWayTogetherAreAllExecuted() throws WireFormatException {
    Sessions sessions = new Sessions(new Store());
    Session session = open(sessions);
    SessionCommand.Request first = session.request(addOne());
    SessionCommand.Request second = session.request(addOne());
    SessionCommand.Request third = session.request(addOne());

    assertThat(apply(sessions, third)).isEqualTo(total(1));
    assertThat(apply(sessions, first)).isEqualTo(total(2));
    assertThat(apply(sessions, third)).isEqualTo(total(1));
    assertThat(apply(sessions, second)).isEqualTo(total(3));
    assertThat(apply(sessions, first)).isEqualTo(total(2));
  }

  @Test
  void whatWasFinishedIsNeverExecutedAgain() throws WireFormatException {
    Sessions sessions = new Sessions(new Store());
    Session session = open(sessions);
    SessionCommand.Request answered = session.request(addOne());
    SessionCommand.Request givenUp = session.request(addOne());
    apply(sessions, answered);
    session.finished(answered);
    session.finished(givenUp);

    assertThat(apply(sessions, session.request(addOne()))).isEqualTo(total(2));
    assertThat(apply(sessions, answered)).isEqualTo(ANSWERED);
    assertThat(apply(sessions, givenUp)).isEqualTo(ANSWERED);
    assertThat(apply(sessions, session.request(addOne()))).isEqualTo(total(3));
  }

  @Test
  void anUnknownSessionExecutesNothing() throws WireFormatException {
    Sessions sessions = new Sessions(new Store());

    assertThat(apply(sessions, new SessionCommand.Request(7, 1, 1, addOne()))).isEqualTo(EXPIRED);
    assertThat(apply(sessions, new SessionCommand.Unprotected(addOne()))).isEqualTo(total(1));
  }

  @Test
  void aClosedSessionExecutesNothing() throws WireFormatException {
    Sessions sessions = new Sessions(new Store());
    Session session = open(sessions);

    assertThat(apply(sessions, session.close())).isEqualTo(new SessionAnswer.Closed());
    assertThat(apply(sessions, session.request(addOne()))).isEqualTo(EXPIRED);
    assertThat(apply(sessions, session.close())).isEqualTo(new SessionAnswer.Closed());
  }

  @Test
  void theSessionUsedLeastRecentlyIsForgotten() throws WireFormatException {
    Sessions sessions = new Sessions(new Store(), new SessionLimits(2, 8));
    Session first = open(sessions);
    Session second = open(sessions);
    apply(sessions, first.request(addOne()));

    Session third = open(sessions);

    assertThat(apply(sessions, second.request(addOne()))).isEqualTo(EXPIRED);
    assertThat(apply(sessions, first.request(addOne()))).isEqualTo(total(2));
    assertThat(apply(sessions, third.request(addOne()))).isEqualTo(total(3));
  }

  @Test
  void tooManyUnansweredRequestsAreRefused() throws WireFormatException {
    Sessions sessions = new Sessions(new Store(), new SessionLimits(2, 2));
    Session session = open(sessions);
    SessionCommand.Request first = session.request(addOne());
    session.request(addOne());
    SessionCommand.Request third = session.request(addOne());

    assertThat(apply(sessions, third)).isEqualTo(TOO_MANY);
    apply(sessions, first);
    session.finished(first);
    assertThat(apply(sessions, session.request(addOne()))).isEqualTo(TOO_MANY);
    assertThat(apply(sessions, third)).isEqualTo(total(2));
  }

  @Test
  void aQueryIsAnsweredOutsideOfSessions() throws WireFormatException {
    Sessions sessions = new Sessions(new Store());
    apply(sessions, new SessionCommand.Unprotected(addOne()));
    Bytes query = new SessionCommand.Unprotected(new Query.Total("x").toBytes()).toBytes();

    assertThat(SessionAnswer.of(sessions.query(query))).isEqualTo(total(1));
    assertThat(SessionAnswer.of(sessions.apply(9, query))).isEqualTo(total(1));
  }
}
