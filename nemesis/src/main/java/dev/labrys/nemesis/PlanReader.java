package dev.labrys.nemesis;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads plans. `docs/plan.schema.json` says the same.
final class PlanReader {

  /// More steps in one file than this are refused.
  static final int MOST_STEPS = 10_000;

  /// The fields of a step each of which says what it does.
  static final List<String> DEEDS = List.of("fault", "wait", "steps", "together", "mix", "trouble");

  /// The fields of the end.
  static final List<String> END = List.of("at", "stays", "calm");

  static final String EVER = "ever";

  private static final int MOST_WEIGHT = 1_000;
  private static final int MOST_CHOICES = 1_000;
  private static final Set<Target.Role> MINORITIES =
      EnumSet.of(Target.Role.ONE, Target.Role.MINORITY, Target.Role.LEADER);

  private int count;

  private PlanReader() {}

  static Plan read(String text) {
    PlanFields whole = PlanFields.of(YamlReader.read(text), "a plan");
    Plan plan =
        new Plan(
            new PlanReader().steps(whole.need("plan"), ""),
            whole.take("end").map(PlanReader::ending).orElse(Plan.Ending.USUAL));
    whole.complainAboutTheRest(List.of("plan", "end"));
    return plan;
  }

  private List<Plan.Step> steps(Yaml list, String within) {
    List<Plan.Step> steps = new ArrayList<>();
    List<Yaml> items = items(list, "steps, each of which begins with \"- \"");
    for (int i = 0; i < items.size(); i++) {
      PlanFields fields = PlanFields.of(items.get(i), "a step");
      steps.add(step(fields, within + (i + 1)));
    }
    return steps;
  }

  private static List<Yaml> items(Yaml list, String expected) {
    if (list instanceof Yaml.Items(int _, List<Yaml> items) && !items.isEmpty()) {
      return items;
    }
    throw list.wrong("expected " + expected);
  }

  private Plan.Step step(PlanFields fields, String name) {
    count++;
    if (count > MOST_STEPS) {
      throw fields.wrong("there are more than %d steps".formatted(MOST_STEPS));
    }
    List<String> deeds = DEEDS.stream().filter(fields::has).toList();
    if (deeds.size() != 1) {
      throw fields.wrong(
          "a step does one thing of %s, and this one %s"
              .formatted(
                  String.join(", ", DEEDS),
                  deeds.isEmpty() ? "nothing" : "does " + String.join(" and ", deeds)));
    }
    long at = fields.read("at", Span::parseLength).orElse(0L);
    Condition condition = fields.read("when", Condition::parse).orElse(Condition.NOW);
    long within = fields.read("within", Span::parseLength).orElse(Schedule.NEVER);
    if (within != Schedule.NEVER && condition.equals(Condition.NOW)) {
      throw fields.wrong("within says how long to wait for what stands behind when: it is missing");
    }
    Plan.Repetition repetition = repetition(fields);
    Plan.Deed deed = deed(deeds.getFirst(), fields, name + ".");
    fields.complainAboutTheRest(known(deeds.getFirst()));
    return new Plan.Step(name, fields.line(), at, condition, within, repetition, deed);
  }

  /// The fields that a step may have which does `deed`.
  static List<String> known(String deed) {
    List<String> known = new ArrayList<>(List.of(deed));
    if (deed.equals("fault")) {
      known.addAll(List.of("for", "meanwhile"));
    } else if (deed.equals("trouble")) {
      known.add("for");
    }
    known.addAll(List.of("at", "when", "within", "repeat", "until", "every", "calm"));
    return known;
  }

  private static Plan.Repetition repetition(PlanFields fields) {
    Optional<Long> times = fields.read("repeat", PlanReader::times);
    Optional<Long> until = fields.read("until", Span::parseLength);
    Optional<Long> every = fields.read("every", Span::parseLength);
    Optional<Plan.Length.Drawn> calm = fields.read("calm", PlanReader::drawn);
    if (times.isEmpty() && until.isEmpty() && (every.isPresent() || calm.isPresent())) {
      throw fields.wrong("every and calm are for what comes again: add repeat: 10, or until: 60s");
    }
    return new Plan.Repetition(
        times.orElse(until.isPresent() ? Long.MAX_VALUE : 1L),
        until.orElse(Schedule.NEVER),
        every.orElse(0L),
        calm.isPresent() ? calm.get() : Plan.Length.NONE);
  }

  private static long times(String text) {
    return number(text, Plan.MOST_FAULTS);
  }

  private static int number(String text, int most) {
    if (text.matches("[1-9]\\d{0,8}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "expected a number from 1 to %d, not \"%s\"".formatted(most, text));
  }

  private Plan.Deed deed(String deed, PlanFields fields, String name) {
    return switch (deed) {
      case "fault" -> hurt(fields, name);
      case "wait" -> new Plan.Deed.Wait(fields.require("wait", PlanReader::drawn));
      case "steps" -> new Plan.Deed.Sequence(steps(fields.need("steps"), name));
      case "together" -> new Plan.Deed.Together(steps(fields.need("together"), name));
      case "mix" -> new Plan.Deed.Mix(choices(fields.need("mix"), name));
      case "trouble" ->
          new Plan.Deed.Trouble(
              fields.require("trouble", Menace::parse), fields.require("for", PlanReader::lasting));
      default -> throw new IllegalStateException(deed);
    };
  }

  private Plan.Deed hurt(PlanFields fields, String name) {
    Fault fault = fields.require("fault", Fault::parse);
    Optional<Plan.Length> length = fields.read("for", PlanReader::untilWhen);
    Optional<Yaml> meanwhile = fields.take("meanwhile");
    if (fault.isEvent() && (length.isPresent() || meanwhile.isPresent())) {
      throw fields.wrong("this fault is over at once: it has no for and no meanwhile");
    }
    if (!fault.isEvent() && length.isEmpty() && meanwhile.isEmpty()) {
      throw fields.wrong(
          "when is the fault over? Expected for: 5s, for: 1s..3s, for: ever, or steps meanwhile");
    }
    Plan.Length usual = fault.isEvent() ? Plan.Length.Until.THE_END : Plan.Length.Until.DONE;
    return new Plan.Deed.Hurt(
        fault, length.orElse(usual), meanwhile.map(steps -> steps(steps, name)).orElse(List.of()));
  }

  private List<Plan.Choice> choices(Yaml list, String within) {
    List<Plan.Choice> choices = new ArrayList<>();
    List<Yaml> items = items(list, "steps of which one is drawn, each with a weight if you like");
    if (items.size() > MOST_CHOICES) {
      throw list.wrong("there are more than %d to choose from".formatted(MOST_CHOICES));
    }
    for (int i = 0; i < items.size(); i++) {
      PlanFields fields = PlanFields.of(items.get(i), "a step");
      int weight = fields.read("weight", text -> number(text, MOST_WEIGHT)).orElse(1);
      choices.add(new Plan.Choice(weight, step(fields, within + (i + 1))));
    }
    return choices;
  }

  private static Plan.Length untilWhen(String text) {
    return text.equals(EVER) ? Plan.Length.Until.THE_END : lasting(text);
  }

  /// A length of time that is not nothing.
  private static Plan.Length.Drawn lasting(String text) {
    Plan.Length.Drawn drawn = drawn(text);
    if (drawn.leastNanos() == 0) {
      throw new IllegalArgumentException("\"%s\" may be no time at all".formatted(text));
    }
    return drawn;
  }

  private static Plan.Length.Drawn drawn(String text) {
    int dots = text.indexOf("..");
    long least = Span.parseLength(dots < 0 ? text : text.substring(0, dots));
    return new Plan.Length.Drawn(
        least, dots < 0 ? least : Span.parseLength(text.substring(dots + 2)));
  }

  private static Plan.Ending ending(Yaml part) {
    PlanFields fields = PlanFields.of(part, "the end");
    long at = fields.read("at", Span::parseLength).orElse(Schedule.NEVER);
    long calm = fields.read("calm", Span::parseLength).orElse(0L);
    List<Fault> stays = new ArrayList<>();
    for (Yaml each : fields.take("stays").map(PlanReader::oneOrMore).orElse(List.of())) {
      stays.add(PlanFields.text(each, "stays", PlanReader::staying));
    }
    fields.complainAboutTheRest(END);
    return new Plan.Ending(at, stays, calm);
  }

  private static List<Yaml> oneOrMore(Yaml part) {
    return part instanceof Yaml.Items ? items(part, "faults") : List.of(part);
  }

  /// A fault that leaves a majority that is whole, as far as can be said beforehand.
  private static Fault staying(String text) {
    Fault fault = Fault.parse(text);
    boolean isOfFew =
        Aim.targetOf(fault).map(PlanReader::isOfFew).orElse(fault instanceof Fault.Cut);
    if (fault.isEvent() || !isOfFew) {
      throw new IllegalArgumentException(
          "%s can't stay for good: those it does not hit must be a majority; its target is one of"
                  .formatted(text)
              + " %s, or named".formatted(MINORITIES));
    }
    return fault;
  }

  private static boolean isOfFew(Target target) {
    return switch (target) {
      case Target.Role role -> MINORITIES.contains(role);
      case Target.Named _ -> true;
      case Target.Drawn(List<Target.Choice> choices) ->
          choices.stream().allMatch(choice -> isOfFew(choice.target()));
    };
  }
}
