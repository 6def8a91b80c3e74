package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RoundTripTest {
  @ParameterizedTest
  @EnumSource(names = {"JSONL", "EDN"})
  void everyEventComesBackAsItWas(HistoryFormat format) {
    Property.forAll(
        400,
        (random, size) -> {
          List<Event> journal = new RandomHistories(random).journal(size % 40);

          byte[] text = Texts.write(journal, format);

          assertThat(Texts.events(text, ReadOptions.standard().withFormat(format)))
              .isEqualTo(journal);
        });
  }

  @Test
  void jsonlSurvivesAConversionToEdnAndBack() {
    Property.forAll(
        200,
        (random, size) -> {
          byte[] jsonl =
              Texts.write(new RandomHistories(random).journal(size % 40), HistoryFormat.JSONL);
          ReadOptions asJsonl = ReadOptions.standard().withFormat(HistoryFormat.JSONL);
          ReadOptions asEdn = ReadOptions.standard().withFormat(HistoryFormat.EDN);

          byte[] edn = Texts.write(Texts.events(jsonl, asJsonl), HistoryFormat.EDN);
          byte[] back = Texts.write(Texts.events(edn, asEdn), HistoryFormat.JSONL);

          assertThat(back).asString().isEqualTo(new String(jsonl, StandardCharsets.UTF_8));
        });
  }

  @Test
  void aHistoryKnowsItsJournal() {
    Property.forAll(
        300,
        (random, size) -> {
          History history = RandomHistories.history(new RandomHistories(random).journal(size % 60));

          assertThat(RandomHistories.history(history.journal())).isEqualTo(history);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"ETCD_LOG", "KV_LOG"})
  void logsKeepAllButTheTimes(HistoryFormat format) {
    List<Event> journal =
        List.of(
            new Event.Invoked(3, "cas", Value.nil(), Value.sequence(Value.of(1), Value.of(4)), 0),
            new Event.Invoked(4, "read", Value.nil(), Value.nil(), 1),
            new Event.Completed(3, Outcome.unknown(), 2),
            new Event.Note("nemesis", "start", Value.of("n1"), 3, remark("type", "info")),
            new Event.Completed(4, Outcome.ok(Value.of(7)), 4));

    assertThat(Texts.events(Texts.write(journal, format), ReadOptions.standard()))
        .isEqualTo(journal);
  }

  private static Value.MapOf remark(String name, String keyword) {
    return new Value.MapOf(Map.of(Value.keyword(name), Value.keyword(keyword)));
  }

  @Test
  void filesAreWrittenAndReadByNameAndContent(@TempDir Path folder) throws IOException {
    History history =
        RandomHistories.history(
            List.of(
                new Event.Invoked(0, "write", Value.of("k"), Value.of(5), 10),
                new Event.Completed(0, Outcome.ok(Value.nil()), 20)));

    for (String name : List.of("a.jsonl", "b.jsonl.gz", "c.edn", "d.edn.gz", "e")) {
      Path file = folder.resolve(name);
      HistoryWriter.write(file, history);
      Path anonymous = Files.move(file, folder.resolve("moved"));

      assertThat(HistoryReader.read(anonymous)).as(name).isEqualTo(history);
      Files.delete(anonymous);
    }
  }

  @Test
  void compressedFilesAreSmaller(@TempDir Path folder) throws IOException {
    History history =
        RandomHistories.history(new RandomHistories(new Seed(7).stream("x")).journal(900));

    HistoryWriter.write(folder.resolve("plain.jsonl"), history);
    HistoryWriter.write(folder.resolve("packed.jsonl.gz"), history);

    assertThat(Files.size(folder.resolve("packed.jsonl.gz")))
        .isLessThan(Files.size(folder.resolve("plain.jsonl")));
  }
}
