import { readFileSync, readdirSync } from 'node:fs';

// Adds up what the runs left in out/results, for the last line of a report.
const folder = new URL('../out/results/', import.meta.url);
let passed = 0;
let failed = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const counts = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
  passed += counts.passed;
  // A test that did not run has not passed.
  failed += counts.failed + (counts.skipped ?? 0);
}
console.log(`tests: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
