package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The colours of the pages, light and dark.
final class ContrastTest {

  @Test
  void paintsEveryTextWithEnoughContrastInBothModes() throws IOException {
    Map<String, List<String>> colours = colours();
    List<String> pairs =
        List.of(
            "ink/page",
            "ink/paper",
            "faint/page",
            "faint/paper",
            "ok-ink/ok",
            "accent/page",
            "unknown-ink/unknown",
            "failed-ink/stripe",
            "bad-ink/bad",
            "bad-edge/bad-soft",
            "good/good-soft",
            "open/open-soft",
            "accent-ink/accent",
            "fault-ink/fault",
            "state-ink/state",
            "bad-edge/paper",
            "fault-ink/paper",
            "bad-edge/stripe",
            "open/stripe",
            "faint/stripe",
            "ink/serves",
            "ink/paused",
            "unknown-ink/unknown",
            "down-ink/down",
            "bad-ink/outage",
            "bad-ink/stall",
            "ink/node-1",
            "ink/node-2",
            "ink/node-3",
            "ink/node-4",
            "ink/node-5",
            "ink/node-6",
            "ink/node-7",
            "mark-ink/mark",
            "fault-ink/fault");

    for (String pair : pairs) {
      int slash = pair.indexOf('/');
      List<String> text = named(colours, pair.substring(0, slash));
      List<String> ground = named(colours, pair.substring(slash + 1));
      for (int mode = 0; mode < 2; mode++) {
        assertThat(contrast(text.get(mode), ground.get(mode)))
            .as("%s in %s mode", pair, mode == 0 ? "light" : "dark")
            .isGreaterThanOrEqualTo(4.5);
      }
    }
  }

  private static Map<String, List<String>> colours() throws IOException {
    String style = HtmlFile.resource("page.css") + HtmlFile.resource("run.css");
    Map<String, List<String>> colours = new HashMap<>();
    Matcher matcher =
        Pattern.compile("--([a-z0-9-]+): light-dark\\((#\\w+), (#\\w+)\\)").matcher(style);
    while (matcher.find()) {
      colours.put(matcher.group(1), List.of(matcher.group(2), matcher.group(3)));
    }
    return colours;
  }

  private static List<String> named(Map<String, List<String>> colours, String name) {
    assertThat(colours).containsKey(name);
    return colours.getOrDefault(name, List.of());
  }

  /// WCAG 2.2, "contrast ratio".
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
