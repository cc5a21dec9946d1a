import { parseArgs } from 'node:util';
import { soak } from '../unit/download/soak.ts';

/** Runs the soak as long as wanted, or one failing case of it again: `--seed` and `--path` as it was reported. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string' },
  },
});
const seed = Number(values.seed);
console.log(`${values.runs} downloads, seed ${seed}`);
const started = performance.now();
await soak({ runs: Number(values.runs), seed, ...(values.path !== undefined && { path: values.path }) });
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `All have the right bytes. ${seconds} s, RSS ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MiB`,
);
