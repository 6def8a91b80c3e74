package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import java.util.TreeSet;

/// A session as its client has it: numbers requests, and knows which have not been answered.
///
/// The client sends the bytes of a request until it is answered, to whichever server, and several
/// requests at a time if it likes.
public final class Session {
  private final long id;
  private final TreeSet<Long> unanswered = new TreeSet<>();
  private long lastNumber;

  /// The session that was opened under that name.
  public Session(SessionAnswer.Opened opened) {
    id = opened.session();
  }

  /// A new request to execute `command`.
  public SessionCommand.Request request(Bytes command) {
    lastNumber++;
    unanswered.add(lastNumber);
    return new SessionCommand.Request(id, lastNumber, unanswered.getFirst(), command);
  }

  /// The client has the answer to `request`, or gives up waiting for it; it must not send it again.
  /// Once all before it are finished, too, the next request tells the servers to forget it: if it
  /// was not executed by then, it never will be.
  public void finished(SessionCommand.Request request) {
    unanswered.remove(request.number());
  }

  /// How many requests have not been answered.
  public int unanswered() {
    return unanswered.size();
  }

  /// What closes it.
  public SessionCommand.Close close() {
    return new SessionCommand.Close(id);
  }
}
