package io.crsql.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * What keeps the engine portable: no dependency but its port, and nothing that a host cannot
 * compile.
 */
class ArchitectureTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.crsql");

  @Test
  void engine_usesOnlyItsPortAndTheCoreOfJava() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.crsql..",
            "java.lang",
            "java.lang.invoke",
            "java.util",
            "java.util.function",
            "java.lang.runtime")
        .check(ENGINE);
  }

  @Test
  void engine_usesNothingThatAHostCannotCompileOrThatCostsItsSize() {
    noClasses()
        .should()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(Double.class, "toString", double.class)
        .orShould()
        .callMethod(String.class, "matches", String.class)
        .orShould()
        .callMethod(String.class, "split", String.class)
        .orShould()
        .callMethod(String.class, "replaceAll", String.class, String.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(regex|stream|concurrent|Random|Date).*")
        .check(ENGINE);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.crsql.(engine.*|sqlite)").should().beFreeOfCycles().check(ENGINE);
  }

  @Test
  void port_knowsNothingOfTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.crsql.sqlite")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.crsql.engine..")
        .check(ENGINE);
  }
}
