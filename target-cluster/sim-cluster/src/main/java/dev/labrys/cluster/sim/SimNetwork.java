package dev.labrys.cluster.sim;

import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/// The network: a link from every server to every other, and between every client and every server.
///
/// A link lets a message through if it is not cut when the message is sent, and not when it
/// arrives. What is under way to a server when it ends never arrives: its connections are broken.
public final class SimNetwork {
  private final Agenda agenda;
  private final Observer observer;
  private final Fingerprint fingerprint;
  private final Simulation simulation;
  private final List<ServerId> servers;
  private final List<Endpoint> endpoints;

  /// From server to server: from the first to all, from the second to all, and so on.
  private final Link[] links;

  /// From and to each client: the link to the first server, from it, to the second, and so on.
  private final List<Link[]> clientLinks = new ArrayList<>();

  private final boolean[] isIsolated;

  /// What clients send to each server, and what it sends to them.
  private final ClientWay[] clientWays;

  private final Traffic traffic = new Traffic();
  private final Parcel parcel;
  private Courier weather;
  private Courier clientWeather;

  SimNetwork(Simulation simulation, List<SimServer> all) {
    this.agenda = simulation.agenda();
    this.observer = simulation.observer();
    this.fingerprint = simulation.fingerprints();
    this.simulation = simulation;
    this.servers = all.stream().map(SimServer::id).toList();
    this.endpoints = all.stream().map(SimServer::endpoint).toList();
    SimulationOptions options = simulation.options();
    this.weather = options.weather();
    this.clientWeather = options.clientWeather();
    int count = servers.size();
    isIsolated = new boolean[count];
    clientWays = new ClientWay[2 * count];
    Arrays.setAll(clientWays, _ -> new ClientWay());
    links = new Link[count * count];
    Arrays.setAll(links, place -> link(place / count, place % count, this.endpoints));
    parcel = new Parcel(this, links[0]);
  }

  private Link link(int from, int to, List<Endpoint> receivers) {
    return new Link(this, from, to, receivers.get(to), random(from, to));
  }

  private RandomGenerator random(int from, int to) {
    return simulation.random("network", from + " " + to);
  }

  Agenda agenda() {
    return agenda;
  }

  ServerId serverAt(int endpoint) {
    return endpoint < servers.size() ? servers.get(endpoint) : ServerId.NOBODY;
  }

  List<ServerId> servers() {
    return servers;
  }

  /// Gives a new client its links.
  ///
  /// @return the number of its endpoint
  int join(Endpoint client) {
    int endpoint = servers.size() + clientLinks.size();
    Link[] own = new Link[2 * servers.size()];
    for (int server = 0; server < servers.size(); server++) {
      own[2 * server] = link(endpoint, server, endpoints);
      own[2 * server + 1] = new Link(this, server, endpoint, client, random(server, endpoint));
    }
    clientLinks.add(own);
    return endpoint;
  }

  /// Sends from server to server.
  void send(ServerId from, ServerId to, Message message) {
    if (to.number() < 1 || to.number() > servers.size() || to.equals(from)) {
      throw new IllegalArgumentException(
          "%s can't send to %s among %d servers".formatted(from, to, servers.size()));
    }
    send(between(from, to), message, MessageKind.of(message), Wire.size(message), weather);
  }

  /// Sends what `client` asks.
  void ask(int client, ServerId server, ClientMessage.Ask ask) {
    int way = 2 * place(server);
    Link link = clientLinks.get(client - servers.size())[way];
    send(link, ask, MessageKind.CLIENT_REQUEST, ask.size(), clientCourier(way));
  }

  /// Sends the reply to what `client` asked. A server that has ended says nothing.
  void reply(ServerId server, int client, ClientMessage.Ask ask, Reply reply) {
    if (reply instanceof Reply.Lost) {
      return;
    }
    ClientMessage.Told told = new ClientMessage.Told(ask.attempt(), reply);
    int way = 2 * place(server) + 1;
    Link link = clientLinks.get(client - servers.size())[way];
    send(link, told, MessageKind.CLIENT_REPLY, told.size(), clientCourier(way));
  }

  private Courier clientCourier(int way) {
    Courier own = clientWays[way].courier;
    return own == null ? clientWeather : own;
  }

  private void send(Link link, Object message, MessageKind kind, long size, Courier usual) {
    fingerprint.mix(link.from, link.to);
    link.messages++;
    link.bytes += size;
    Traffic.Count count = traffic.of(kind);
    count.messages++;
    count.bytes += size;
    if (!isOpen(link)) {
      lose(link, message, Loss.CUT);
    } else if (!link.isAnswered()) {
      lose(link, message, Loss.RECEIVER_ENDED);
    } else {
      Courier own = link.courier;
      if (parcel.carry(own == null ? usual : own, link, message, kind) == 0) {
        lose(link, message, Loss.WEATHER);
      }
    }
  }

  void lose(Link link, Object message, Loss reason) {
    if (message instanceof Message raft) {
      traffic.of(MessageKind.of(raft)).lost++;
      observer.lost(agenda.now(), serverAt(link.from), serverAt(link.to), raft, reason);
    } else {
      boolean isRequest = link.from > link.to;
      traffic.of(isRequest ? MessageKind.CLIENT_REQUEST : MessageKind.CLIENT_REPLY).lost++;
    }
  }

  /// A server does not take a message that has arrived.
  void lose(ServerId from, ServerId to, Message message) {
    lose(between(from, to), message, Loss.RECEIVER_FULL);
  }

  boolean isOpen(Link link) {
    int count = servers.size();
    if (link.isCut) {
      return false;
    }
    if (link.from < count && link.to < count) {
      return !isIsolated[link.from] && !isIsolated[link.to];
    }
    return !clientWays[link.from < count ? 2 * link.from + 1 : 2 * link.to].isCut;
  }

  private Link between(ServerId from, ServerId to) {
    return links[place(from) * servers.size() + place(to)];
  }

  private int place(ServerId server) {
    int number = server.number();
    if (number < 1 || number > servers.size()) {
      throw new IllegalArgumentException(
          "there is no %s among %d servers".formatted(server, servers.size()));
    }
    return number - 1;
  }

  private Link[] ofClient(int client) {
    if (client < 0 || client >= clientLinks.size()) {
      throw new IllegalArgumentException(
          "there is no client %d among %d".formatted(client, clientLinks.size()));
    }
    return clientLinks.get(client);
  }

  /// Nothing that `from` sends reaches `to` any more.
  public void cut(ServerId from, ServerId to) {
    between(from, to).isCut = true;
  }

  /// Undoes [#cut].
  public void heal(ServerId from, ServerId to) {
    between(from, to).isCut = false;
  }

  /// No other server hears it or is heard by it. Independent of single links that are cut, and of
  /// clients.
  public void isolate(ServerId server) {
    isIsolated[place(server)] = true;
  }

  /// Undoes [#isolate].
  public void reconnect(ServerId server) {
    isIsolated[place(server)] = false;
  }

  public boolean isIsolated(ServerId server) {
    return isIsolated[place(server)];
  }

  /// Cuts the links between servers of different groups, and heals all others. A server in no group
  /// is a group of its own.
  public void partition(List<? extends Collection<ServerId>> groups) {
    int[] group = new int[servers.size()];
    Arrays.setAll(group, server -> -1 - server);
    for (int number = 0; number < groups.size(); number++) {
      for (ServerId member : groups.get(number)) {
        group[place(member)] = number;
      }
    }
    for (Link link : links) {
      link.isCut = group[link.from] != group[link.to];
    }
  }

  /// Undoes all cuts and isolations, those of clients included.
  public void healAll() {
    Arrays.fill(isIsolated, false);
    for (ClientWay way : clientWays) {
      way.isCut = false;
    }
    for (Link link : links) {
      link.isCut = false;
    }
    for (Link[] own : clientLinks) {
      for (Link link : own) {
        link.isCut = false;
      }
    }
  }

  /// Cuts the server off all clients.
  public void cutClients(ServerId server) {
    clientWay(server, ClientWay.To.SERVER).isCut = true;
    clientWay(server, ClientWay.To.CLIENTS).isCut = true;
  }

  /// Undoes [#cutClients].
  public void healClients(ServerId server) {
    clientWay(server, ClientWay.To.SERVER).isCut = false;
    clientWay(server, ClientWay.To.CLIENTS).isCut = false;
  }

  /// One direction between a server and all clients.
  ClientWay clientWay(ServerId server, ClientWay.To to) {
    int way = 2 * place(server);
    return clientWays[to == ClientWay.To.SERVER ? way : way + 1];
  }

  /// Cuts a client off a server, both ways.
  ///
  /// @param client by [SimClient#number]
  public void cutClient(int client, ServerId server) {
    cutClient(client, server, true);
  }

  /// Undoes [#cutClient].
  public void healClient(int client, ServerId server) {
    cutClient(client, server, false);
  }

  private void cutClient(int client, ServerId server, boolean isCut) {
    Link[] own = ofClient(client);
    own[2 * place(server)].isCut = isCut;
    own[2 * place(server) + 1].isCut = isCut;
  }

  /// Whether what `from` sends now can reach `to`.
  public boolean isOpen(ServerId from, ServerId to) {
    return isOpen(between(from, to));
  }

  /// What becomes of messages between servers from now on.
  public void weather(Courier courier) {
    weather = courier;
  }

  /// What becomes of messages over one link from now on, until [#usualWeather].
  public void weather(ServerId from, ServerId to, Courier courier) {
    between(from, to).courier = courier;
  }

  /// All links are as the others again.
  public void usualWeather() {
    for (Link link : links) {
      link.courier = null;
    }
  }

  /// What becomes of messages from and to clients from now on.
  public void clientWeather(Courier courier) {
    clientWeather = courier;
  }

  /// Messages between servers that were sent so far, whether they arrive or not.
  public long messages() {
    return traffic.sum(count -> count.messages);
  }

  /// Their bytes.
  public long bytes() {
    return traffic.sum(count -> count.bytes);
  }

  /// How many of them did not arrive.
  public long lost() {
    return traffic.sum(count -> count.lost);
  }

  public long messages(MessageKind kind) {
    return traffic.of(kind).messages;
  }

  public long bytes(MessageKind kind) {
    return traffic.of(kind).bytes;
  }

  public long lost(MessageKind kind) {
    return traffic.of(kind).lost;
  }

  public long messages(ServerId from, ServerId to) {
    return between(from, to).messages;
  }

  public long bytes(ServerId from, ServerId to) {
    return between(from, to).bytes;
  }
}
