/**
 * The port on SQLite's WebAssembly module, compiled to WebAssembly and to JavaScript together with
 * the engine.
 *
 * <p>{@link io.crsql.host.web.Callbacks} is what SQLite calls and {@link io.crsql.host.web.Sqlite}
 * what is called of it. In the WebAssembly build both are calls from module to module; JavaScript
 * ({@code npm/}) only links them.
 */
package io.crsql.host.web;
