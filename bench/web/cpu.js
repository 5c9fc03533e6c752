/** The CPU time of processes, from /proc: in microseconds, where browsers tell hundredths. */
import { readFile, readdir } from 'node:fs/promises';

/** What all threads of the processes have taken until now, in seconds. */
export async function cpuSeconds(processes) {
  let nanoseconds = 0n;
  for (const process of processes) {
    const threads = `/proc/${process}/task`;
    for (const thread of await readdir(threads)) {
      const [onCpu] = (await readFile(`${threads}/${thread}/schedstat`, 'utf8')).split(' ');
      nanoseconds += BigInt(onCpu);
    }
  }
  return Number(nanoseconds) / 1e9;
}
