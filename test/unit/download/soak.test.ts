import { soak } from './soak.ts';

const RUNS = 200;

describe('Many downloads under random faults', function () {
  it(`end in ${RUNS} files with the right bytes, and leave nothing open`, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`      seed ${seed}; again: npm run soak -- --runs ${RUNS} --seed ${seed}`);
    await soak({ runs: RUNS, seed });
  });
});
