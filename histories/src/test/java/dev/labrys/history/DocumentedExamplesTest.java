package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples of `docs/history-format.md` are histories.
final class DocumentedExamplesTest {
  // Maven runs the tests of a module in its folder.
  private static final Path PAGE = Path.of("..", "docs", "history-format.md");
  private static final Pattern EXAMPLE = Pattern.compile("```[a-z]*\\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleIsRead() throws IOException {
    Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
    int count = 0;
    while (examples.find()) {
      String text = examples.group(1);
      if (text.startsWith("{\"type\"")) {
        text = "{\"labrys-history\":1}\n" + text;
      }
      assertThat(Texts.history(text).journal()).isNotEmpty();
      count++;
    }
    assertThat(count).isEqualTo(5);
  }

  @Test
  void theNativeExampleIsWhatIsWritten() throws IOException {
    Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
    assertThat(examples.find()).isTrue();
    String text = examples.group(1);

    byte[] written = Texts.write(Texts.events(text, HistoryFormat.JSONL), HistoryFormat.JSONL);

    assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(text);
  }
}
