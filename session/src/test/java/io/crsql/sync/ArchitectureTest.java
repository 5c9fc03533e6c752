package io.crsql.sync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Date;
import java.util.Random;
import java.util.Scanner;
import java.util.Timer;
import org.junit.jupiter.api.Test;

/** What keeps the session a state machine, which can be simulated and run in browsers. */
class ArchitectureTest {
  private static final String SESSION = "io.crsql.sync";
  private static final JavaClasses SYNC =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(SESSION);

  @Test
  void session_knowsTheCoreOfJavaOnly() {
    classes()
        .that()
        .resideInAPackage(SESSION)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    SESSION,
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.util",
                    "java.nio.charset",
                    "org.jspecify..")
                .or(belongToAnyOf(ByteBuffer.class, CharBuffer.class)))
        .check(SYNC);
  }

  @Test
  void session_hasNoThreadsClocksOrChance() {
    noClasses()
        .that()
        .resideInAPackage(SESSION)
        .should()
        .dependOnClassesThat(
            belongToAnyOf(
                Thread.class,
                ThreadLocal.class,
                Process.class,
                ProcessBuilder.class,
                Runtime.class,
                Timer.class,
                Date.class,
                Random.class,
                Scanner.class))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(SYNC);
  }
}
