/**
 * Runs a function in a task of its own, soon: in the background too, where browsers let timers wait
 * for a second or a minute.
 */
export const soon = globalThis.setImmediate ?? posted();

function posted() {
  const waiting = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()();
  return (work) => {
    waiting.push(work);
    port2.postMessage(null);
  };
}
