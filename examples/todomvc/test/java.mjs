/** Asks the test in Java, which is on the other end of this process's input and output. */
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Has it do something, and gives what it answers. */
export async function java(...words) {
  console.log(['java', ...words].join('\t'));
  const { value, done } = await lines.next();
  if (done) {
    throw new Error('the test in Java has ended');
  }
  return value;
}
