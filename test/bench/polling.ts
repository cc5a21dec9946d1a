import { followForAnHour } from './pollingRun.ts';

const SEED = 7;
const rows = [];
for (const windows of [1, 5]) {
  for (const bots of [1, 10, 200]) {
    const result = await followForAnHour(bots, windows, SEED);
    const announced = [...result.announcements.values()];
    rows.push({
      bots,
      windows,
      requests: result.requests,
      naive: result.naiveRequests,
      'busiest minute': result.busiestMinute,
      'change to store, s': seconds(result.worstDelayMs),
      'in the background, s': seconds(result.worstBackgroundDelayMs),
      'MP3 to notice, s': seconds(result.worstReadyDelayMs),
      'announced once': `${announced.filter((times) => times === 1).length} of ${bots}`,
    });
  }
}
console.table(rows);

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
