package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every package says that nothing in it is null unless it says so.
final class NullMarkedTest {
  @Test
  void everyPackageIsNullMarked() {
    assertThat(unmarked(new ClassFileImporter().importPackages("dev.labrys"))).isEmpty();
  }

  @Test
  void aPackageThatIsNotMarkedIsNoticed(@TempDir Path folder) throws IOException {
    JavaClasses wrong = Sample.compile("package dev.labrys.unmarked; class Bad {}", folder);

    assertThat(unmarked(wrong)).containsExactly("dev.labrys.unmarked");
  }

  private static List<String> unmarked(JavaClasses classes) {
    return classes.stream()
        .map(JavaClass::getPackage)
        .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
        .map(JavaPackage::getName)
        .filter(name -> !name.contains("jmh_generated"))
        .distinct()
        .sorted()
        .toList();
  }
}
