package dev.labrys.bench;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// etcd as it is installed on this machine, with the timeouts and the rest as it comes.
record EtcdProgram(String executable) implements Program {

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public List<String> ports() {
    return List.of(PEER_PORT, CLIENT_PORT);
  }

  @Override
  public Launch launch(Site site) {
    Address listens = site.listen(PEER_PORT);
    String client = "http://" + site.listen(CLIENT_PORT);
    String peer = "http://" + listens;
    String members =
        site.members().stream()
            .map(node -> node + "=http://" + (node.equals(site.node()) ? listens : site.peer(node)))
            .collect(Collectors.joining(","));
    List<String> command =
        List.of(
            executable,
            "--name=" + site.node(),
            "--data-dir=" + site.data().resolve("data"),
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=" + members,
            "--initial-cluster-token=bench",
            "--initial-cluster-state=new",
            "--logger=zap",
            "--log-level=error",
            "--log-outputs=stderr");
    return new Launch(command, new TreeMap<>(), new Readiness.Http(CLIENT_PORT, "/health"));
  }
}
