package dev.labrys.report;

import java.nio.file.*;

public class Draft {
  public static void main(String[] a) throws Exception {
    Path d = Path.of(a[0]);
    save(d, "stale", Stories.staleRead());
    save(d, "unknown", Stories.withUnknown());
    save(d, "undecided", Stories.undecided());
    save(d, "valid", Stories.valid(40, 5));
    save(d, "10k", Stories.longStaleRead(10_000, 10));
    save(
        d,
        "hostile",
        Stories.hostile("</script><img src=x onerror=alert(1)>\u2028{{data}}\"'\u001b[31m\u202e"));
  }

  static void save(Path d, String n, Judgement j) throws Exception {
    try (var o = Files.newOutputStream(d.resolve(n + ".html"))) {
      VerdictPage.write(j, o);
    }
    System.out.println(n + " " + Files.size(d.resolve(n + ".html")));
    System.out.println(VerdictText.render(j, VerdictText.Colour.PLAIN));
  }
}
