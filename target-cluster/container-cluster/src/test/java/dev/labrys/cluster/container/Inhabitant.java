package dev.labrys.cluster.container;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A class of these tests as the program of nodes.
///
/// @param command that runs it, up to where it is told of its site
/// @param ready how to see that it serves
record Inhabitant(List<String> command, Readiness ready) implements Program {
  static final Inhabitant NOTEBOOK =
      Inhabitant.of(Notebook.class, "-Xmx64m", new Readiness.Line("READY"));

  static Inhabitant of(Class<?> main, String option, Readiness ready) {
    return new Inhabitant(
        List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", option, main.getName()),
        ready);
  }

  @Override
  public String name() {
    return "inhabitant";
  }

  @Override
  public List<String> ports() {
    return List.of(PEER_PORT, CLIENT_PORT);
  }

  @Override
  public Launch launch(Site site) {
    List<String> all = new ArrayList<>(command);
    all.add(site.listen(PEER_PORT).host());
    all.add(Integer.toString(site.listen(PEER_PORT).port()));
    all.add(Integer.toString(site.listen(CLIENT_PORT).port()));
    all.add(site.data().toString());
    return new Launch(all, new TreeMap<>(), ready);
  }
}
