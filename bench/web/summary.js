/** What stands in the results, of the samples of all rounds. */

/** Lines of results by work: of each side, medians and how crsql's compare to them. */
export function times(rounds) {
  const names = new Set(rounds.flatMap((round) => Object.keys(round.crsql)));
  return [...names].map((name) => {
    const line = { web: name };
    for (const side of Object.keys(rounds[0])) {
      const samples = rounds.map((round) => sampleOf(round[side], name));
      const ours = rounds.map((round) => round[ownOf(side)][name]);
      const medianOf = (value) => median(samples.map((sample, i) => value(sample, ours[i])));
      line[side] = {
        units: samples[0].units,
        wall: medianOf((theirs) => theirs.wall),
        cpu: medianOf((theirs) => theirs.cpu),
      };
      if (side !== ownOf(side)) {
        line[side].ratio = medianOf((theirs, own) => own.wall / theirs.wall);
        line[side].cpu_ratio = medianOf((theirs, own) => own.cpu / theirs.cpu);
      }
    }
    return line;
  });
}

/** A line of results of bytes by side. */
export function sizes(name, bytes) {
  const line = { web: name };
  for (const side of Object.keys(bytes)) {
    line[side] = { bytes: bytes[side] };
    if (side !== ownOf(side)) {
      line[side].ratio = bytes[ownOf(side)] / bytes[side];
    }
  }
  return line;
}

/** crsql by the same kind of API. */
function ownOf(side) {
  return side.endsWith('_c') ? 'crsql_c' : 'crsql';
}

/** Those who have no changesets have rows for them. */
function sampleOf(samples, name) {
  return samples[name] ?? samples[name.replace('changesets', 'changes')];
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
