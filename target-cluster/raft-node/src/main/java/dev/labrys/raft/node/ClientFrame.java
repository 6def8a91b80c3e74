package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.function.Consumer;

/// What clients and servers send to each other over a connection.
///
/// A client says hello, is welcomed, and sends requests, as many at a time as it likes; replies
/// name the request and come in any order.
final class ClientFrame {

  /// The client says which protocol it speaks, and which cluster it wants, if it cares.
  static final int HELLO = 1;

  /// The hello was accepted: the cluster, and the server.
  static final int WELCOME = 2;

  /// It was not, and why; or the client did something else that ends the connection.
  static final int REFUSED = 3;

  /// A [Request].
  static final int REQUEST = 4;

  /// What became of it.
  static final int REPLY = 5;

  static final int HELLO_BYTES = 512;

  private static final String MAGIC = "labrys-client";
  private static final int VERSION = 1;

  private static final int COMMAND = 0;
  private static final int QUERY = 1;

  private static final int ANSWERED = 0;
  private static final int REDIRECTED = 1;
  private static final int FAILED = 2;
  private static final int UNKNOWN = 3;

  private ClientFrame() {}

  /// @param cluster the only one that will do, or empty
  static Bytes hello(String cluster) {
    return new WireWriter(64).text(MAGIC).number(VERSION).text(cluster).toBytes();
  }

  /// Which cluster somebody wants who says hello.
  ///
  /// @throws FrameException if it speaks something else
  static String readHello(WireReader body) throws FrameException, WireFormatException {
    if (!body.text().equals(MAGIC)) {
      throw new FrameException("it does not speak the protocol of clients");
    }
    long version = body.number();
    if (version != VERSION) {
      throw new FrameException(
          "it speaks version %d of the protocol of clients, this server %d"
              .formatted(version, VERSION));
    }
    String cluster = body.text();
    body.end();
    return cluster;
  }

  static Bytes welcome(String cluster, ServerId self) {
    return new WireWriter(64).text(cluster).number(self.number()).toBytes();
  }

  /// A command or a query.
  ///
  /// @param number by which the reply names it
  /// @param budgetMillis how long the client will wait; 0 if it does not say
  record Request(long number, Ask ask, long budgetMillis) {

    Bytes toBytes() {
      WireWriter writer = new WireWriter(32 + ask.bytes()).number(number);
      switch (ask) {
        case Ask.Command(Bytes command) -> writer.octet(COMMAND).number(budgetMillis).rest(command);
        case Ask.Query(Bytes query) -> writer.octet(QUERY).number(budgetMillis).rest(query);
        case Ask.Membership _, Ask.Transfer _ ->
            throw new IllegalArgumentException("clients can't ask for " + ask);
      }
      return writer.toBytes();
    }

    static Request read(WireReader body) throws WireFormatException {
      long number = body.number();
      int position = body.position();
      int kind = body.octet();
      long budgetMillis = body.numberWithin(0, Integer.MAX_VALUE);
      // A command is kept in the log for long; the rest of what it came with need not be.
      Bytes rest = body.rest().compact();
      return switch (kind) {
        case COMMAND -> new Request(number, new Ask.Command(rest), budgetMillis);
        case QUERY -> new Request(number, new Ask.Query(rest), budgetMillis);
        default -> throw body.malformedAt(position, "a kind of request that there is not");
      };
    }
  }

  /// What became of the request `number`.
  ///
  /// @param client where clients of the leader connect, if this is known and `reply` names one
  static Bytes reply(long number, Reply reply, String client) {
    WireWriter writer = new WireWriter(32).number(number);
    switch (reply) {
      case Reply.Answered(Bytes answer) -> writer.octet(ANSWERED).rest(answer);
      case Reply.Done _ -> writer.octet(ANSWERED);
      case Reply.Refused refused when refused.isRedirect() ->
          writer.octet(REDIRECTED).number(refused.leader().number()).text(client);
      case Reply.Refused refused ->
          writer.octet(FAILED).text(refused.reason()).text(refused.meaning());
      case Reply.Unknown(String reason, String meaning) ->
          writer.octet(UNKNOWN).text(reason).text(meaning);
    }
    return writer.toBytes();
  }

  /// What [#reply] wrote, but for the number: the client knows it.
  ///
  /// @param leader told where the leader's clients connect, if the reply says so
  static Reply readReply(WireReader body, Consumer<String> leader) throws WireFormatException {
    int position = body.position();
    return switch (body.octet()) {
      case ANSWERED -> new Reply.Answered(body.rest());
      case REDIRECTED -> {
        ServerId id = new ServerId((int) body.numberWithin(0, Integer.MAX_VALUE));
        leader.accept(body.text());
        yield new Reply.Refused(Reply.NOT_LEADER, "this server does not lead", id);
      }
      case FAILED -> new Reply.Refused(body.text(), body.text());
      case UNKNOWN -> new Reply.Unknown(body.text(), body.text());
      default -> throw body.malformedAt(position, "a kind of reply that there is not");
    };
  }
}
