package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Code that breaks a rule on purpose, to show that the rule bites.
final class Sample {
  private Sample() {}

  /// Compiles `source` into `folder`, and reads the classes back.
  static JavaClasses compile(String source, Path folder, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("Sample.java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> arguments =
        Stream.concat(
                Stream.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                Stream.of(options))
            .toList();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                arguments,
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
    return new ClassFileImporter().importPath(folder);
  }
}
