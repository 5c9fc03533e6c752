/** Loads from and stores to the memory of SQLite's module, by their names in Heap.java. */

const I32 = 0x7f;
const I64 = 0x7e;
const F64 = 0x7c;
const LOCAL_GET = 0x20;
const END = 0x0b;

/** Of each, its parameters' types, its result's, and its instruction's code. */
const INSTRUCTIONS = {
  getByte: [[I32], [I32], 0x2d],
  getInt: [[I32], [I32], 0x28],
  getLong: [[I32], [I64], 0x29],
  putByte: [[I32, I32], [], 0x3a],
  putInt: [[I32, I32], [], 0x36],
  putLong: [[I32, I64], [], 0x37],
  putDouble: [[I32, F64], [], 0x39],
};

/**
 * A module of these instructions as functions. Those of one WebAssembly module call those of
 * another without JavaScript between them.
 */
export function heapModule(memory) {
  const functions = Object.values(INSTRUCTIONS);
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, functions.map(([takes, gives]) => [0x60, ...vector(takes), ...vector(gives)])),
    ...section(2, [[...text('sqlite'), ...text('memory'), 2, 0, 0]]),
    ...section(3, functions.map((_, i) => [i])),
    ...section(7, Object.keys(INSTRUCTIONS).map((name, i) => [...text(name), 0, i])),
    ...section(10, functions.map(([takes, , code]) => vector(body(takes.length, code)))),
  ];
  const module = new WebAssembly.Module(new Uint8Array(bytes));
  return new WebAssembly.Instance(module, { sqlite: { memory } }).exports;
}

/** Nothing here is longer than 127, which LEB128 writes as one byte; sections are not. */
function vector(items) {
  return [items.length, ...items];
}

function text(name) {
  return vector([...new TextEncoder().encode(name)]);
}

function section(id, items) {
  const content = [items.length, ...items.flat()];
  return [id, (content.length & 0x7f) | 0x80, content.length >> 7, ...content];
}

/** No locals; the parameters; the instruction, without alignment or offset. */
function body(params, code) {
  const gets = Array.from({ length: params }, (_, i) => [LOCAL_GET, i]).flat();
  return [0, ...gets, code, 0, 0, END];
}

/** The same for the JavaScript build. */
export function heapFunctions({ memory }) {
  let view = new DataView(memory.buffer);

  /** Memory that has grown is another buffer. */
  function current() {
    if (view.buffer !== memory.buffer) {
      view = new DataView(memory.buffer);
    }
    return view;
  }

  return {
    getByte: (at) => current().getUint8(at),
    getInt: (at) => current().getInt32(at, true),
    getLong: (at) => current().getBigInt64(at, true),
    putByte: (at, value) => current().setInt8(at, value),
    putInt: (at, value) => current().setInt32(at, value, true),
    putLong: (at, value) => current().setBigInt64(at, value, true),
    putDouble: (at, value) => current().setFloat64(at, value, true),
  };
}
