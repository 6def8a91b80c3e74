package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schema says what the code says.
final class PlanSchemaTest {
  private final PlanSchema schema;

  PlanSchemaTest() throws IOException {
    schema = PlanSchema.read();
  }

  private static SequencedCollection<String> names(Yaml fields) {
    return List.copyOf(((Yaml.Fields) fields).fields().keySet());
  }

  /// The words that a pattern gives the choice of.
  private List<String> words(String definition) {
    String pattern = PlanSchema.text(schema.part("$defs", definition, "pattern"));
    return Arrays.stream(pattern.split("[^a-z-]+"))
        .filter(word -> word.matches("[a-z][a-z-]*"))
        .toList();
  }

  @Test
  void itNamesAllFaults() {
    assertThat(words("fault")).containsExactlyInAnyOrderElementsOf(FaultText.names());
  }

  @Test
  void itNamesAllConditions() {
    assertThat(words("condition"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Condition.Kind.values())
                .filter(kind -> kind != Condition.Kind.NOW)
                .map(Condition.Kind::toString)
                .toList());
  }

  @Test
  void itNamesAllFieldsOfSteps() {
    for (int i = 0; i < PlanReader.DEEDS.size(); i++) {
      String deed = PlanReader.DEEDS.get(i);
      Yaml step = schema.part("$defs", "step", "oneOf", Integer.toString(i), "properties");

      assertThat(names(step)).first().isEqualTo(deed);
      assertThat(names(step))
          .filteredOn(name -> !name.equals("weight"))
          .containsExactlyElementsOf(PlanReader.known(deed));
    }
    assertThat(((Yaml.Items) schema.part("$defs", "step", "oneOf")).items())
        .hasSameSizeAs(PlanReader.DEEDS);
    assertThat(names(schema.part("properties"))).containsExactly("plan", "end");
    assertThat(names(schema.part("$defs", "end", "properties")))
        .containsExactlyElementsOf(PlanReader.END);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan: [{wait: 1s}]",
        "plan: [{wait: 1s..2s, at: 3s, repeat: 3, every: 5s, calm: 1s..2s, until: 9s}]",
        "plan: [{fault: \"kill:target=one\", for: ever, when: uncommitted=3, within: 10s}]",
        "plan: [{fault: \"cut:n1=n2\", for: 1s..2s, meanwhile: [{steps: [{wait: 1s}]}]}]",
        "plan: [{mix: [{weight: 3, wait: 1s}, {together: [{wait: 2s}]}]}]",
        "plan: [{trouble: \"kill,pause\", for: 1s, when: election}]\nend: {calm: 3s}",
        "plan: [{wait: 1s}]\nend: {at: 9s, stays: [\"kill:target=n1\", \"kill:target=n2\"]}",
        "plan: [{wait: 1s}]\nend: {stays: \"kill:target=n1\"}"
      })
  void whatIsReadIsAllowed(String yaml) {
    assertThat(Plan.parse(yaml).steps()).isNotEmpty();
    assertThat(schema.allows(YamlReader.read(yaml))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "plan: []",
        "end: {at: 3s}",
        "plan: [{wait: 1s}]\nfinish: 3s",
        "plan: [{fault: \"murder:target=one\", for: 1s}]",
        "plan: [{wait: soon}]",
        "plan: [{wait: 1s, fault: \"kill:target=one\"}]",
        "plan: [{wait: 1s, for: 2s}]",
        "plan: [{wait: 1s, when: election=2}]",
        "plan: [{wait: 1s, repeat: often}]",
        "plan: [{wait: 1s, repeat: 100001}]",
        "plan: [{trouble: kill}]",
        "plan: [{steps: [1s]}]",
        "plan: [{wait: 1s}]\nend: {stays: []}",
        "plan: [{wait: 1s}]\nend: {until: 1s}"
      })
  void whatIsNotAllowedIsNotRead(String yaml) {
    assertThat(schema.allows(YamlReader.read(yaml))).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Plan.parse(yaml));
  }
}
