package dev.labrys.lab;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What may be wrong between a server and its shell.
final class PlantedFlaws {

  private PlantedFlaws() {}

  /// Stores the term, but not the vote.
  record ForgetsVote() implements PlantedReplica.EffectFlaw {
    @Override
    public List<Effect> instead(Effect effect, Replica raft) {
      return effect instanceof Effect.Persist(HardState state, List<Entry> entries)
          ? List.of(new Effect.Persist(new HardState(state.term(), ServerId.NOBODY), entries))
          : List.of(effect);
    }
  }

  /// Stores entries, but neither term nor vote.
  static final class ForgetsTerm implements PlantedReplica.EffectFlaw {
    private final HardState first;

    ForgetsTerm(HardState first) {
      this.first = first;
    }

    @Override
    public List<Effect> instead(Effect effect, Replica raft) {
      return effect instanceof Effect.Persist(HardState _, List<Entry> entries)
          ? List.of(new Effect.Persist(first, entries))
          : List.of(effect);
    }
  }

  /// Stores term and vote, but no entries.
  record ForgetsLog() implements PlantedReplica.EffectFlaw {
    @Override
    public List<Effect> instead(Effect effect, Replica raft) {
      return effect instanceof Effect.Persist(HardState state, List<Entry> _)
          ? List.of(new Effect.Persist(state, List.of()))
          : List.of(effect);
    }
  }

  /// Removes entries from memory, but not from disk: there, only what is new is added.
  static final class TruncatesMemoryOnly implements PlantedReplica.EffectFlaw {
    private long lastStored;

    TruncatesMemoryOnly(long lastStored) {
      this.lastStored = lastStored;
    }

    @Override
    public List<Effect> instead(Effect effect, Replica raft) {
      if (!(effect instanceof Effect.Persist(HardState state, List<Entry> entries))) {
        return List.of(effect);
      }
      List<Entry> added = entries.stream().filter(entry -> entry.index() > lastStored).toList();
      if (!added.isEmpty()) {
        lastStored = added.getLast().index();
      }
      return List.of(new Effect.Persist(state, added));
    }
  }

  /// Answers before it has written.
  record AnswersFirst() implements PlantedReplica.Flaw {
    @Override
    public List<Effect> wanted(Input input, List<Effect> effects, Replica raft) {
      List<Effect> wrong = new ArrayList<>();
      effects.stream().filter(effect -> effect instanceof Effect.Send).forEach(wrong::add);
      effects.stream().filter(effect -> !(effect instanceof Effect.Send)).forEach(wrong::add);
      return wrong;
    }
  }

  /// Takes every answer to a request for a vote for a vote.
  record CountsRefusals() implements PlantedReplica.Flaw {
    @Override
    public Input told(Input input, Replica raft) {
      return input instanceof Input.Received(ServerId from, Message.VoteReply reply)
          ? new Input.Received(
              from, new Message.VoteReply(reply.term(), reply.asked(), reply.campaign(), true))
          : input;
    }
  }

  /// Takes votes of earlier terms for votes of its own.
  record CountsLateVotes() implements PlantedReplica.Flaw {
    @Override
    public Input told(Input input, Replica raft) {
      long term = raft.status().term();
      return input instanceof Input.Received(ServerId from, Message.VoteReply reply)
              && reply.campaign() != Message.Campaign.PRE_VOTE
              && reply.asked() < term
          ? new Input.Received(
              from, new Message.VoteReply(term, term, reply.campaign(), reply.isGranted()))
          : input;
    }
  }

  /// Counts a vote that comes twice as if another server had given it.
  static final class CountsVotesTwice implements PlantedReplica.Flaw {
    private Input last = new Input.Started();

    @Override
    public Input told(Input input, Replica raft) {
      if (!(input instanceof Input.Received(ServerId from, Message.VoteReply reply))) {
        return input;
      }
      boolean isAgain = input.equals(last);
      last = input;
      return isAgain ? new Input.Received(other(from, raft.status()), reply) : input;
    }

    private static ServerId other(ServerId voter, Status status) {
      return status.configuration().members().stream()
          .filter(member -> !member.equals(voter) && !member.equals(status.id()))
          .findFirst()
          .orElse(voter);
    }
  }

  /// Takes whoever accepts something to have all.
  record TakesAcceptanceForAll() implements PlantedReplica.Flaw {
    @Override
    public Input told(Input input, Replica raft) {
      return input instanceof Input.Received(ServerId from, Message.AppendAccepted reply)
              && raft.status().role() == Status.RoleName.LEADER
          ? new Input.Received(
              from,
              new Message.AppendAccepted(reply.term(), reply.round(), raft.log().last().index()))
          : input;
    }
  }

  /// Says in its heartbeats what term it is in, even when it leads no more.
  static final class LeadsOn implements PlantedReplica.Flaw {
    private List<Effect> heartbeats = List.of();

    @Override
    public List<Effect> wanted(Input input, List<Effect> effects, Replica raft) {
      List<Effect> sent = effects.stream().filter(LeadsOn::isHeartbeat).toList();
      heartbeats = sent.isEmpty() ? heartbeats : sent;
      if (raft.status().role() == Status.RoleName.LEADER || heartbeats.isEmpty()) {
        return effects;
      }
      List<Effect> wrong = new ArrayList<>(effects);
      heartbeats.forEach(heartbeat -> wrong.add(renewed(heartbeat, raft.status().term())));
      heartbeats = List.of();
      return wrong;
    }

    private static boolean isHeartbeat(Effect effect) {
      return effect instanceof Effect.SendAtOnce(ServerId _, Message.AppendEntries _);
    }

    private static Effect renewed(Effect effect, long term) {
      return effect instanceof Effect.SendAtOnce(ServerId to, Message.AppendEntries append)
          ? new Effect.Send(
              to,
              new Message.AppendEntries(
                  term, append.previous(), append.entries(), append.commitIndex(), append.round()))
          : effect;
    }
  }

  /// Applies an entry twice now and then.
  record AppliesTwice() implements PlantedReplica.EffectFlaw {
    @Override
    public List<Effect> instead(Effect effect, Replica raft) {
      return effect instanceof Effect.Apply(Entry entry, RequestId _) && entry.index() % 50 == 0
          ? List.of(effect, new Effect.Apply(entry, RequestId.NOBODY))
          : List.of(effect);
    }
  }

  /// Leaves out an entry now and then, while nobody waits for it.
  record SkipsEntries() implements PlantedReplica.EffectFlaw {
    @Override
    public List<Effect> instead(Effect effect, Replica raft) {
      return effect instanceof Effect.Apply(Entry entry, RequestId request)
              && request.equals(RequestId.NOBODY)
              && entry.index() % 50 == 0
          ? List.of()
          : List.of(effect);
    }
  }

  /// Starts with an empty state machine, whatever the snapshot says.
  record ForgetsSnapshot() implements PlantedReplica.Flaw {
    @Override
    public List<Effect> wanted(Input input, List<Effect> effects, Replica raft) {
      return input instanceof Input.Started
          ? effects.stream().filter(effect -> !(effect instanceof Effect.Restore)).toList()
          : effects;
    }
  }

  /// Answers reads from what it is, whoever leads; Raft does not hear of them.
  record AnswersReadsAtOnce() implements PlantedReplica.Flaw {
    @Override
    public Input told(Input input, Replica raft) {
      return input instanceof Input.ReadRequested ? new Input.TimerFired() : input;
    }

    @Override
    public List<Effect> wanted(Input input, List<Effect> effects, Replica raft) {
      if (!(input instanceof Input.ReadRequested(RequestId request, Bytes query))) {
        return effects;
      }
      List<Effect> wrong = new ArrayList<>(effects);
      wrong.add(new Effect.Query(request, query));
      return wrong;
    }
  }

  /// Lets a request wait for an index, not for its entry: whatever gets there answers it.
  static final class WaitsForIndex implements PlantedReplica.Flaw {
    private final Map<Long, RequestId> waiting = new HashMap<>();

    @Override
    public List<Effect> wanted(Input input, List<Effect> effects, Replica raft) {
      long last = raft.log().last().index();
      if (input instanceof Input.Proposed(RequestId request, Bytes command)
          && last > raft.log().snapshot().index()
          && raft.log().at(last).content().equals(new Content.Command(command))) {
        waiting.put(last, request);
      }
      List<Effect> wrong = new ArrayList<>();
      for (Effect effect : effects) {
        if (effect instanceof Effect.Apply(Entry entry, RequestId _)) {
          RequestId request = waiting.remove(entry.index());
          wrong.add(new Effect.Apply(entry, request == null ? RequestId.NOBODY : request));
        } else if (!isLoss(effect)) {
          wrong.add(effect);
        }
      }
      return wrong;
    }

    private static boolean isLoss(Effect effect) {
      return effect instanceof Effect.Answer(RequestId _, Response.Refused refused)
          && refused.refusal() == Response.Refusal.LEADERSHIP_LOST;
    }
  }
}
