package io.crsql.host.web;

import org.teavm.backend.javascript.codegen.SourceWriter;
import org.teavm.backend.javascript.spi.Generator;
import org.teavm.backend.javascript.spi.GeneratorContext;
import org.teavm.interop.Import;
import org.teavm.model.AnnotationReader;
import org.teavm.model.FieldReference;
import org.teavm.model.MethodReference;
import org.teavm.model.ValueType;

/**
 * Makes of an {@link Import} what the JavaScript build needs: a call of the function of that name
 * in {@link ScriptMain#imports}. TeaVM itself knows imports in WebAssembly only.
 */
public final class ScriptImport implements Generator {
  private static final FieldReference IMPORTS =
      new FieldReference(ScriptMain.class.getName(), "imports");

  @Override
  public void generate(GeneratorContext context, SourceWriter writer, MethodReference method) {
    AnnotationReader imported =
        context
            .getInitialClassSource()
            .get(method.getClassName())
            .getMethod(method.getDescriptor())
            .getAnnotations()
            .get(Import.class.getName());
    writer.append(method.getReturnType() == ValueType.VOID ? "" : "return ");
    writer.appendStaticField(IMPORTS).append(".");
    writer.append(imported.getValue("name").getString()).append("(");
    for (int i = 1; i <= method.parameterCount(); i++) {
      writer.append(i > 1 ? ", " : "").append(context.getParameterName(i));
    }
    writer.append(");").softNewLine();
  }
}
