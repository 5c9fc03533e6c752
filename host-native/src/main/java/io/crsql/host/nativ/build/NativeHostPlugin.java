package io.crsql.host.nativ.build;

import org.teavm.dependency.AbstractDependencyListener;
import org.teavm.dependency.DependencyAgent;
import org.teavm.interop.Export;
import org.teavm.model.ClassReader;
import org.teavm.model.MethodReader;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/**
 * Tells TeaVM, which finds it as a service, what the compiled main class does not show: that C
 * calls the exported methods of the callbacks.
 */
public final class NativeHostPlugin implements TeaVMPlugin {
  private static final String CALLBACKS = "io.crsql.host.nativ.Callbacks";

  @Override
  public void install(TeaVMHost host) {
    host.add(new AllocatorTransformer());
    host.add(new JavaSemanticsTransformer());
    host.add(
        new AbstractDependencyListener() {
          @Override
          public void started(DependencyAgent agent) {
            use(agent, agent.getClassSource().get(CALLBACKS));
          }
        });
  }

  private static void use(DependencyAgent agent, ClassReader callbacks) {
    for (MethodReader method : callbacks.getMethods()) {
      if (method.getAnnotations().get(Export.class.getName()) != null) {
        agent.linkMethod(method.getReference()).use();
      }
    }
  }
}
