/**
 * The port on SQLite's C API, compiled to C together with the engine.
 *
 * <p>{@link io.crsql.host.nativ.Callbacks} is what C calls and {@link io.crsql.host.nativ.Native}
 * what is called in C; the C half, which holds the lock, is in {@code src/main/c}. The collector
 * moves objects, so C knows an object by its handle ({@link io.crsql.host.nativ.Handles}), and the
 * address of an array is good only for a call that stays inside the lock.
 */
package io.crsql.host.nativ;
