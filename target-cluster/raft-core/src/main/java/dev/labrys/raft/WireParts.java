package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;

/// What messages and files consist of, as bytes.
final class WireParts {
  private static final int NOOP = 0;
  private static final int COMMAND = 1;
  private static final int MEMBERSHIP = 2;

  private WireParts() {}

  static void write(Entry entry, WireWriter writer) {
    writer.number(entry.index()).number(entry.term());
    switch (entry.content()) {
      case Content.Noop _ -> writer.octet(NOOP);
      case Content.Command(Bytes command) -> writer.octet(COMMAND).bytes(command);
      case Content.Membership(Configuration configuration) -> {
        writer.octet(MEMBERSHIP);
        write(configuration, writer);
      }
    }
  }

  static int size(Entry entry) {
    int head = WireWriter.sizeOfNumber(entry.index()) + WireWriter.sizeOfNumber(entry.term()) + 1;
    return switch (entry.content()) {
      case Content.Noop _ -> head;
      case Content.Command(Bytes command) -> head + WireWriter.sizeOfBytes(command);
      case Content.Membership(Configuration configuration) -> head + size(configuration);
    };
  }

  /// Reads an entry. It is kept for long, and so does not share the memory of a large message.
  static Entry entry(WireReader reader) throws WireFormatException {
    long index = reader.numberWithin(1, Long.MAX_VALUE);
    long term = reader.numberWithin(1, Long.MAX_VALUE);
    int position = reader.position();
    Content content =
        switch (reader.octet()) {
          case NOOP -> new Content.Noop();
          case COMMAND -> new Content.Command(reader.bytes().compact());
          case MEMBERSHIP -> new Content.Membership(configuration(reader));
          default -> throw reader.malformedAt(position, "a kind of entry that there is not");
        };
    return new Entry(index, term, content);
  }

  static void write(LogPosition position, WireWriter writer) {
    writer.number(position.index()).number(position.term());
  }

  static int size(LogPosition position) {
    return WireWriter.sizeOfNumber(position.index()) + WireWriter.sizeOfNumber(position.term());
  }

  static LogPosition position(WireReader reader) throws WireFormatException {
    return new LogPosition(natural(reader), natural(reader));
  }

  static void write(Configuration configuration, WireWriter writer) {
    write(configuration.voters(), writer);
    write(configuration.outgoing(), writer);
    write(configuration.learners(), writer);
  }

  private static void write(List<ServerId> servers, WireWriter writer) {
    writer.number(servers.size());
    for (ServerId server : servers) {
      writer.number(server.number());
    }
  }

  static int size(Configuration configuration) {
    return size(configuration.voters())
        + size(configuration.outgoing())
        + size(configuration.learners());
  }

  private static int size(List<ServerId> servers) {
    int size = WireWriter.sizeOfNumber(servers.size());
    for (ServerId server : servers) {
      size += WireWriter.sizeOfNumber(server.number());
    }
    return size;
  }

  static Configuration configuration(WireReader reader) throws WireFormatException {
    int position = reader.position();
    List<ServerId> voters = servers(reader);
    List<ServerId> outgoing = servers(reader);
    List<ServerId> learners = servers(reader);
    try {
      return new Configuration(voters, outgoing, learners);
    } catch (IllegalArgumentException impossible) {
      throw reader.malformedAt(position, "an impossible cluster: " + impossible.getMessage());
    }
  }

  private static List<ServerId> servers(WireReader reader) throws WireFormatException {
    int count = reader.count();
    List<ServerId> servers = new ArrayList<>(count);
    int last = 0;
    for (int i = 0; i < count; i++) {
      last = (int) reader.numberWithin(last + 1L, Integer.MAX_VALUE);
      servers.add(new ServerId(last));
    }
    return servers;
  }

  /// Reads a server, or nobody.
  static ServerId server(WireReader reader) throws WireFormatException {
    return new ServerId(natural32(reader));
  }

  /// Reads a number that is not negative.
  static long natural(WireReader reader) throws WireFormatException {
    return reader.numberWithin(0, Long.MAX_VALUE);
  }

  /// Reads a number that is not negative, and no more than an `int` holds.
  static int natural32(WireReader reader) throws WireFormatException {
    return (int) reader.numberWithin(0, Integer.MAX_VALUE);
  }
}
