import { followThroughOutage } from './pollingOutage.ts';
import { pollForAnHour } from './pollingRun.ts';

const SEED = 7;
const rows = [];
for (const kind of ['followed', 'in sight'] as const) {
  for (const windows of [1, 5]) {
    for (const bots of kind === 'followed' ? [1, 10, 200] : [1, 20, 200]) {
      const result = await pollForAnHour(kind, bots, windows, SEED);
      const announced = [...result.announcements.values()];
      rows.push({
        kind,
        bots,
        windows,
        requests: result.requests,
        naive: result.naiveRequests,
        'busiest minute': result.busiestMinute,
        'change to store, s': seconds(result.worstDelayMs),
        'in the background, s': seconds(result.worstBackgroundDelayMs),
        'MP3 to notice, s': seconds(result.worstReadyDelayMs),
        'announced once': `${announced.filter((times) => times === 1).length} of ${kind === 'followed' ? bots : 0}`,
      });
    }
  }
}
console.log(
  'Bots are followed, or live elsewhere and in sight: shown by every window, whose view is visible.',
);
console.table(rows);

const MINUTE_MS = 60_000;
const outages = [];
for (const minutes of [0.5, 4, 30, 600]) {
  for (const attention of ['focused', 'visible', 'background'] as const) {
    const result = await followThroughOutage(attention, minutes * MINUTE_MS);
    outages.push({
      'away, min': minutes,
      window: attention,
      'requests in vain': result.requestsInVain,
      'return to notice, s': seconds(result.worstBackMs),
    });
  }
}
console.log('The API is away while a followed bot ends; the worst of several runs.');
console.table(outages);

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
