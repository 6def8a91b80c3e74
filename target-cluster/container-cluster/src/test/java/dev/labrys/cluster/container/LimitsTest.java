package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import org.junit.jupiter.api.Test;

final class LimitsTest {

  /// It asks for a container.
  private static HostConfig asked(Limits limits) {
    return NewContainer.limited(HostConfig.newHostConfig(), limits);
  }

  @Test
  void whoIsNotLimitedAsksForNoControlGroups() {
    HostConfig asked = asked(Limits.none());

    assertThat(asked.getCpuPeriod()).isNull();
    assertThat(asked.getCpuQuota()).isNull();
    assertThat(asked.getMemory()).isNull();
    assertThat(asked.getMemorySwap()).isNull();
  }

  @Test
  void whoIsLimitedDoes() {
    HostConfig asked = asked(new Limits(0.5, 64 << 20));

    assertThat(asked.getCpuQuota()).isEqualTo(50_000);
    assertThat(asked.getMemory()).isEqualTo(64 << 20);
    assertThat(asked.getMemorySwap()).isEqualTo(64 << 20);
  }
}
