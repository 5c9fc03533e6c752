/** The engine as WebAssembly, linked to SQLite's module without JavaScript between them. */
import { CALLBACKS } from './callbacks.js';
import { heapModule } from './heap.js';

/** (module (type (struct))): what engines without garbage collection refuse. */
const STRUCT = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 3, 1, 0x5f, 0]);

/** The module, compiled or being compiled; null if that has not begun, or failed. */
let compiling = null;

/** Begins to compile it. What fails is told to those who load it. */
export function preload() {
  if (WebAssembly.validate(STRUCT)) {
    compiled().catch(() => {});
  }
}

/**
 * Compiles it, instantiates it and tells it where SQLite finds its callbacks; null if this
 * JavaScript engine lacks garbage collection or string builtins for WebAssembly.
 */
export async function load(sqlite3, host) {
  if (!WebAssembly.validate(STRUCT)) {
    return null;
  }
  const module = await compiled();
  if (WebAssembly.Module.imports(module).some((wanted) => wanted.module === 'wasm:js-string')) {
    return null;
  }
  const instance = await WebAssembly.instantiate(module, imports(module, sqlite3.wasm, host));
  const engine = instance.exports;
  const table = sqlite3.wasm.functionTable();
  Object.keys(CALLBACKS).forEach((name, number) => {
    const pointer = table.grow(1);
    table.set(pointer, engine[name]);
    engine.setCallback(number, pointer);
  });
  return engine;
}

function compiled() {
  compiling ??= compile(new URL('./engine/crsql.wasm', import.meta.url)).catch((error) => {
    compiling = null;
    throw error;
  });
  return compiling;
}

async function compile(url) {
  const options = { builtins: ['js-string'] };
  if (url.protocol === 'file:') {
    const { readFile } = process.getBuiltinModule('node:fs/promises');
    return WebAssembly.compile(await readFile(url), options);
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`crsql: ${url} cannot be loaded: ${response.status} ${response.statusText}`);
  }
  return WebAssembly.compile(await response.arrayBuffer(), options);
}

/**
 * What the module asks for: SQLite's routines, its memory, whom to tell, and of TeaVM's runtime what
 * the engine reaches. The rest is for programs that handle JavaScript objects; some of it is called
 * once at the start, to no effect.
 */
function imports(module, { exports: sqlite, memory }, host) {
  const constant = (value) => new WebAssembly.Global({ value: 'i32', mutable: false }, value);
  const known = {
    sqlite,
    heap: heapModule(memory),
    host,
    env: { memory: new WebAssembly.Memory(memoryRequirements(module)) },
    teavm: { takeStackTrace: () => null, decorateException: () => {} },
    teavmMath: Math,
    teavmDate: { currentTimeMillis: Date.now },
    teavmMemory: { notifyHeapResized: () => {}, heapOffset: constant(0), maxSize: constant(0) },
    teavmJso: {
      isPrimitive: (value, type) => (typeof value === type ? 1 : 0),
      isUndefined: (value) => (value === undefined ? 1 : 0),
      stringBuiltinsSupported: () => 1,
    },
  };
  const linked = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    linked[from] ??= {};
    linked[from][name] = known[from]?.[name] ?? (() => () => undefined);
  }
  return linked;
}

/** The memory for the module's constants; the engine's objects are the garbage collector's. */
function memoryRequirements(module) {
  const [section] = WebAssembly.Module.customSections(module, 'teavm.memoryRequirements');
  const { min } = JSON.parse(new TextDecoder().decode(section));
  return { initial: min, maximum: 32768 };
}
