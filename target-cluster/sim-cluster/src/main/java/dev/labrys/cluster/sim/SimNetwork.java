package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.Collection;
import java.util.List;

/// The network: a link from every server to every other, and between every client and every server.
///
/// A link lets a message through if it is not cut when the message is sent, and not when it
/// arrives. What is under way to a server when it ends never arrives: its connections are broken.
public final class SimNetwork {

  SimNetwork() {}

  /// Nothing that `from` sends reaches `to` any more.
  public void cut(ServerId from, ServerId to) {
    throw new UnsupportedOperationException();
  }

  /// Undoes [#cut].
  public void heal(ServerId from, ServerId to) {
    throw new UnsupportedOperationException();
  }

  /// No other server hears it or is heard by it. Independent of single links that are cut, and of
  /// clients.
  public void isolate(ServerId server) {
    throw new UnsupportedOperationException();
  }

  /// Undoes [#isolate].
  public void reconnect(ServerId server) {
    throw new UnsupportedOperationException();
  }

  public boolean isIsolated(ServerId server) {
    throw new UnsupportedOperationException();
  }

  /// Cuts the links between servers of different groups, and heals all others. A server in no group
  /// is a group of its own.
  public void partition(List<? extends Collection<ServerId>> groups) {
    throw new UnsupportedOperationException();
  }

  /// Undoes all cuts and isolations, those of clients included.
  public void healAll() {
    throw new UnsupportedOperationException();
  }

  /// Cuts the server off all clients.
  public void cutClients(ServerId server) {
    throw new UnsupportedOperationException();
  }

  /// Undoes [#cutClients].
  public void healClients(ServerId server) {
    throw new UnsupportedOperationException();
  }

  /// Cuts a client off a server, both ways.
  public void cutClient(int client, ServerId server) {
    throw new UnsupportedOperationException();
  }

  /// Undoes [#cutClient].
  public void healClient(int client, ServerId server) {
    throw new UnsupportedOperationException();
  }

  /// Whether what `from` sends now can reach `to`.
  public boolean isOpen(ServerId from, ServerId to) {
    throw new UnsupportedOperationException();
  }

  /// What becomes of messages between servers from now on.
  public void weather(Courier courier) {
    throw new UnsupportedOperationException();
  }

  /// What becomes of messages over one link from now on.
  public void weather(ServerId from, ServerId to, Courier courier) {
    throw new UnsupportedOperationException();
  }

  /// What becomes of messages from and to clients from now on.
  public void clientWeather(Courier courier) {
    throw new UnsupportedOperationException();
  }

  /// Messages sent so far, whether they arrive or not. A server's own messages count, even over a
  /// cut link.
  public long messages() {
    throw new UnsupportedOperationException();
  }

  /// Their bytes.
  public long bytes() {
    throw new UnsupportedOperationException();
  }

  public long messages(MessageKind kind) {
    throw new UnsupportedOperationException();
  }

  public long bytes(MessageKind kind) {
    throw new UnsupportedOperationException();
  }

  public long messages(ServerId from, ServerId to) {
    throw new UnsupportedOperationException();
  }

  public long bytes(ServerId from, ServerId to) {
    throw new UnsupportedOperationException();
  }

  /// Messages that did not arrive.
  public long lost() {
    throw new UnsupportedOperationException();
  }
}
