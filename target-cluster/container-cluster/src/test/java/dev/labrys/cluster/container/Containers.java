package dev.labrys.cluster.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Marks tests that need a Docker engine. Without one they are skipped, saying why; with
/// `-Dcontainers=required` they fail.
@Tag("containers")
@ExtendWith(Containers.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Containers {

  /// Asks whether an engine answers.
  final class Condition implements ExecutionCondition {
    private static final String REQUIRED = "required";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (REQUIRED.equals(System.getProperty("containers"))) {
        return ConditionEvaluationResult.enabled("containers are required");
      }
      try {
        return ConditionEvaluationResult.enabled(Engine.probe() + " answers");
      } catch (ContainersUnavailable reason) {
        return ConditionEvaluationResult.disabled(reason.getMessage());
      }
    }
  }
}
