package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Nothing grows so long that it can't be held in the head.
final class SizeTest {
  private static final int METHOD = 60;
  private static final int MAIN_FILE = 400;
  private static final int TEST_FILE = 600;

  @TestFactory
  Stream<DynamicTest> filesAndMethodsAreShort() {
    return Checkout.files(".java").stream()
        .map(file ->
            DynamicTest.dynamicTest(
                Checkout.name(file),
                () -> assertThat(tooLong(file)).as(Checkout.name(file)).isEmpty()));
  }

  private static List<String> tooLong(Path file) throws IOException {
    boolean isTest = Checkout.name(file).contains("src/test/");
    return tooLong(Checkout.text(file).orElseThrow(), isTest ? TEST_FILE : MAIN_FILE);
  }

  @Test
  void aLongMethodIsNoticed() throws IOException {
    String sixty = "class A {\n  void a() {\n" + "    a();\n".repeat(58) + "  }\n}\n";
    String more = "class A {\n  void a() {\n" + "    a();\n".repeat(59) + "  }\n}\n";

    assertThat(tooLong(sixty, MAIN_FILE)).isEmpty();
    assertThat(tooLong(more, MAIN_FILE)).containsExactly("method a has 61 lines, 60 are allowed");
  }

  @Test
  void aLongFileIsNoticed() throws IOException {
    String most = "class A {\n" + "  int a;\n".repeat(398) + "}\n";
    String more = "class A {\n" + "  int a;\n".repeat(399) + "}\n";

    assertThat(tooLong(most, MAIN_FILE)).isEmpty();
    assertThat(tooLong(more, MAIN_FILE)).containsExactly("the file has 401 lines, 400 are allowed");
  }

  private static List<String> tooLong(String source, int mostLines) throws IOException {
    List<String> complaints = new ArrayList<>();
    long lines = source.lines().count();
    if (lines > mostLines) {
      complaints.add("the file has %d lines, %d are allowed".formatted(lines, mostLines));
    }
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, List.of(new Text(source)));
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    for (CompilationUnitTree unit : task.parse()) {
      new MethodScanner(unit, positions, complaints).scan(unit, null);
    }
    return complaints;
  }

  private static final class MethodScanner extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> complaints;

    MethodScanner(CompilationUnitTree unit, SourcePositions positions, List<String> complaints) {
      this.unit = unit;
      this.positions = positions;
      this.complaints = complaints;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method));
      long last = lines.getLineNumber(positions.getEndPosition(unit, method));
      long length = last - first + 1;
      if (length > METHOD) {
        complaints.add(
            "method %s has %d lines, %d are allowed".formatted(method.getName(), length, METHOD));
      }
      return super.visitMethod(method, null);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String source;

    Text(String source) {
      super(URI.create("memory:/Text.java"), JavaFileObject.Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
