package dev.labrys.lab;

import dev.labrys.checker.Model;
import dev.labrys.checker.Models;
import dev.labrys.cluster.sim.SimClient;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;

/// The two key/value stores of the labs.
enum StoreKind {
  /// That of 2021 to 2024.
  SESSIONS {
    @Override
    StateMachine machine() {
      return new Sessions(new Store());
    }

    @Override
    Clerk clerk(SimClient client) {
      return new SessionClerk(client);
    }

    @Override
    Model<?> model() {
      return Models.kvString();
    }
  },
  /// That of 2025.
  VERSIONS {
    @Override
    StateMachine machine() {
      return new VersionedStore();
    }

    @Override
    Clerk clerk(SimClient client) {
      return new VersionedClerk(client);
    }

    @Override
    Model<?> model() {
      return new VersionedText();
    }
  };

  /// What a server replicates.
  abstract StateMachine machine();

  abstract Clerk clerk(SimClient client);

  /// What it may answer.
  abstract Model<?> model();
}
