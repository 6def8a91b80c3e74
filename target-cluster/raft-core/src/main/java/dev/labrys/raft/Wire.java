package dev.labrys.raft;

/// What servers send to each other and write to their disks, as bytes and back.
///
/// Everything starts with a byte for the version and has one encoding only, so what can be decoded
/// is encoded to the same bytes again. Nothing is padded and nothing carries a checksum: who sends
/// or stores the bytes knows their number, and guards them. Bytes that mean nothing are told by a
/// [WireFormatException], whatever they are.
public final class Wire {

  /// The version of everything that is written here.
  public static final int VERSION = 1;

  private Wire() {}

  public static Bytes encode(Message message) {
    WireWriter writer = new WireWriter(size(message)).octet(VERSION);
    WireMessages.write(message, writer);
    return writer.toBytes();
  }

  /// How many bytes [#encode] makes of it, found without doing so.
  public static int size(Message message) {
    return 1 + WireMessages.size(message);
  }

  /// The message that `bytes` are. It shares memory with them where that saves more than it keeps.
  public static Message message(Bytes bytes) throws WireFormatException {
    WireReader reader = open(bytes);
    Message message = WireMessages.read(reader);
    reader.end();
    return message;
  }

  public static Bytes encode(Entry entry) {
    WireWriter writer = new WireWriter(size(entry)).octet(VERSION);
    WireParts.write(entry, writer);
    return writer.toBytes();
  }

  /// How many bytes [#encode] makes of it, found without doing so.
  public static int size(Entry entry) {
    return 1 + WireParts.size(entry);
  }

  public static Entry entry(Bytes bytes) throws WireFormatException {
    WireReader reader = open(bytes);
    Entry entry = WireParts.entry(reader);
    reader.end();
    return entry;
  }

  public static Bytes encode(HardState state) {
    return new WireWriter(16)
        .octet(VERSION)
        .number(state.term())
        .number(state.votedFor().number())
        .toBytes();
  }

  public static HardState hardState(Bytes bytes) throws WireFormatException {
    WireReader reader = open(bytes);
    HardState state = new HardState(WireParts.natural(reader), WireParts.server(reader));
    reader.end();
    return state;
  }

  public static Bytes encode(Configuration configuration) {
    WireWriter writer = new WireWriter(16).octet(VERSION);
    WireParts.write(configuration, writer);
    return writer.toBytes();
  }

  public static Configuration configuration(Bytes bytes) throws WireFormatException {
    WireReader reader = open(bytes);
    Configuration configuration = WireParts.configuration(reader);
    reader.end();
    return configuration;
  }

  public static Bytes encode(Snapshot snapshot) {
    WireWriter writer = new WireWriter(64 + snapshot.state().length()).octet(VERSION);
    WireParts.write(snapshot.last(), writer);
    WireParts.write(snapshot.configuration(), writer);
    return writer.rest(snapshot.state()).toBytes();
  }

  /// The snapshot that `bytes` are. Its state shares memory with them.
  public static Snapshot snapshot(Bytes bytes) throws WireFormatException {
    WireReader reader = open(bytes);
    return new Snapshot(WireParts.position(reader), WireParts.configuration(reader), reader.rest());
  }

  private static WireReader open(Bytes bytes) throws WireFormatException {
    WireReader reader = new WireReader(bytes);
    int version = reader.octet();
    if (version != VERSION) {
      throw reader.malformedAt(0, "expected version %d, not %d".formatted(VERSION, version));
    }
    return reader;
  }
}
