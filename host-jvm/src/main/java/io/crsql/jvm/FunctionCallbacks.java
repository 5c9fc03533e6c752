package io.crsql.jvm;

import com.sun.jna.Callback;
import io.crsql.sqlite.ScalarFunction;

/** What SQLite calls for scalar functions, and to let go of any registered object. */
final class FunctionCallbacks {
  private static final Call CALL = FunctionCallbacks::call;
  private static final Destroy DESTROY = FunctionCallbacks::destroy;

  /** {@code xFunc} of every function: the user data is the handle of its {@link ScalarFunction}. */
  static final long CALL_ADDRESS = NativeFunctions.address(CALL);

  /** {@code xDestroy} of every function and module: the user data is a handle. */
  static final long DESTROY_ADDRESS = NativeFunctions.address(DESTROY);

  private FunctionCallbacks() {}

  private static void call(long context, int argc, long argv) {
    try {
      ScalarFunction function = (ScalarFunction) Handles.get(Sqlite.sqlite3_user_data(context));
      ArgValues args = new ArgValues(argc, argv);
      JvmResult result = new JvmResult(context);
      function.call(args, result);
      args.expire();
      result.expire();
    } catch (Throwable t) {
      Failures.ofFunction(context, t);
    }
  }

  private static void destroy(long handle) {
    Handles.remove(handle);
  }

  /** {@code void (*xFunc)(sqlite3_context*, int, sqlite3_value**)}. */
  interface Call extends Callback {
    void invoke(long context, int argc, long argv);
  }

  /** {@code void (*xDestroy)(void*)}. */
  interface Destroy extends Callback {
    void invoke(long handle);
  }
}
