package dev.labrys.raft.node;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Options as they are written: on a command line, in a file, or both.
final class SettingsText {
  private static final long LARGEST_FILE = 1 << 20;

  private final Map<Setting, List<String>> values = new EnumMap<>(Setting.class);

  private SettingsText() {}

  /// What `arguments` say, and the file that they name, if they do.
  static SettingsText read(List<String> arguments) throws UsageException {
    SettingsText line = new SettingsText();
    line.readArguments(arguments);
    Optional<String> file = line.value(Setting.CONFIG);
    if (file.isPresent()) {
      SettingsText base = new SettingsText();
      base.readFile(Path.of(file.get()));
      line.addMissing(base);
    }
    return line;
  }

  private void readArguments(List<String> arguments) throws UsageException {
    int next = 0;
    while (next < arguments.size()) {
      String argument = arguments.get(next++);
      if (!argument.startsWith("--")) {
        throw new UsageException("'%s' is not expected here".formatted(argument));
      }
      int equals = argument.indexOf('=');
      Setting setting = named(argument.substring(2, equals < 0 ? argument.length() : equals));
      if (equals >= 0) {
        put(setting, argument.substring(equals + 1));
      } else if (setting.isSwitch()) {
        put(setting, "true");
      } else if (next == arguments.size()) {
        throw new UsageException("--%s needs a value".formatted(setting.word()));
      } else {
        put(setting, arguments.get(next++));
      }
    }
  }

  private void readFile(Path file) throws UsageException {
    List<String> lines = linesOf(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        readLine(line);
      } catch (UsageException wrong) {
        throw new UsageException("%s line %d: %s".formatted(file, i + 1, wrong.getMessage()));
      }
    }
  }

  private void readLine(String line) throws UsageException {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw new UsageException("'%s' must be written name = value".formatted(line));
    }
    Setting setting = named(line.substring(0, equals).strip());
    if (setting == Setting.CONFIG) {
      throw new UsageException("a file of options can't name another");
    }
    put(setting, line.substring(equals + 1).strip());
  }

  private static List<String> linesOf(Path file) throws UsageException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UsageException("%s is too large for a file of options".formatted(file));
      }
      return Files.readAllLines(file);
    } catch (NoSuchFileException _) {
      throw new UsageException("there is no file '%s'".formatted(file));
    } catch (MalformedInputException _) {
      throw new UsageException("%s is no text in UTF-8".formatted(file));
    } catch (IOException unreadable) {
      throw new UsageException("can't read '%s': %s".formatted(file, unreadable.getMessage()));
    }
  }

  private static Setting named(String word) throws UsageException {
    Optional<Setting> setting = Setting.named(word);
    if (setting.isEmpty()) {
      throw new UsageException("there is no option '%s'".formatted(word));
    }
    return setting.get();
  }

  private void put(Setting setting, String value) throws UsageException {
    List<String> given = values.computeIfAbsent(setting, _ -> new ArrayList<>());
    if (!given.isEmpty() && !setting.isRepeatable()) {
      throw new UsageException("'%s' is given twice".formatted(setting.word()));
    }
    given.add(value);
  }

  private void addMissing(SettingsText base) {
    base.values.forEach((setting, given) -> {
      List<String> mine = values.computeIfAbsent(setting, _ -> new ArrayList<>());
      if (mine.isEmpty() || setting.isRepeatable()) {
        // What the file says comes first, so that the command line has the last word.
        mine.addAll(0, given);
      }
    });
  }

  /// What was given for an option that is given once.
  Optional<String> value(Setting setting) {
    return values(setting).stream().findFirst();
  }

  /// All that was given for an option.
  List<String> values(Setting setting) {
    return values.getOrDefault(setting, List.of());
  }
}
