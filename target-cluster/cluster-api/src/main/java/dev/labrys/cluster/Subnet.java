package dev.labrys.cluster;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of IPv4 addresses.
///
/// @param first its lowest address
/// @param prefix how many bits all of its addresses share
public record Subnet(int first, int prefix) {

  /// 198.18.0.0/15 is set aside for tests of networks (RFC 2544): no office, home or VPN has it.
  private static final int RANGE = (198 << 24) | (18 << 16);

  private static final int RANGE_BITS = 15;
  private static final int PREFIX = 24;
  private static final Pattern CIDR =
      Pattern.compile("(\\d{1,3})[.](\\d{1,3})[.](\\d{1,3})[.](\\d{1,3})/(\\d{1,2})");

  /// Those that a cluster may choose from, beginning somewhere in the middle: two that choose at
  /// the same time then hardly ever want the same.
  public static List<Subnet> choice(int beginning) {
    int count = 1 << (PREFIX - RANGE_BITS);
    List<Subnet> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = Math.floorMod(beginning + i, count);
      all.add(new Subnet(RANGE + (index << (Integer.SIZE - PREFIX)), PREFIX));
    }
    return all;
  }

  /// The range that `text` writes as `10.0.0.0/8`, in a list of one; of none if it writes something
  /// else, such as IPv6.
  public static List<Subnet> parse(String text) {
    Matcher cidr = CIDR.matcher(text);
    if (!cidr.matches()) {
      return List.of();
    }
    int address = 0;
    for (int part = 1; part <= 4; part++) {
      address = (address << 8) | (Integer.parseInt(cidr.group(part)) & 0xff);
    }
    return List.of(new Subnet(address, Integer.parseInt(cidr.group(5))));
  }

  /// The networks that this machine has an address in.
  public static List<Subnet> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> each.getInterfaceAddresses().stream())
          .filter(each -> each.getAddress() instanceof Inet4Address)
          .map(Subnet::of)
          .toList();
    } catch (SocketException unknown) {
      // The engine refuses what collides with its own networks in any case.
      return List.of();
    }
  }

  private static Subnet of(InterfaceAddress address) {
    InetAddress host = address.getAddress();
    return new Subnet(
        ByteBuffer.wrap(host.getAddress()).getInt(), address.getNetworkPrefixLength());
  }

  public boolean overlaps(Subnet other) {
    int shared = Math.min(prefix, other.prefix);
    int mask = shared <= 0 ? 0 : -1 << (Integer.SIZE - shared);
    return (first & mask) == (other.first & mask);
  }

  /// Its `number`-th address.
  public String address(int number) {
    int address = first + number;
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, (address >>> 16) & 0xff, (address >>> 8) & 0xff, address & 0xff);
  }

  @Override
  public String toString() {
    return address(0) + "/" + prefix;
  }
}
