import { readTranscript } from '../../src/recall/transcript.ts';
import { writeReadable } from '../../src/transcripts/readableTranscript.ts';
import { readWebVtt } from '../../src/transcripts/readWebVtt.ts';
import { transcriptLines } from '../../src/transcripts/transcriptLines.ts';
import { writeWebVtt } from '../../src/transcripts/webVtt.ts';

const HOURS = 10;
const WORDS = 100_000;
const WORDS_A_TURN = 60;
const speakers = ['Ana', 'Ben', 'Cleo', 'Dana', null];

const json = transcriptJson();
const memoryBefore = usedMb();
const steps: { step: string; ms: number }[] = [];
const parsed = timed('JSON.parse', () => JSON.parse(json) as unknown);
const turns = timed('read the turns', () => readTranscript(parsed) ?? []);
const lines = timed('cut into lines', () => transcriptLines(turns));
const vtt = timed('write WebVTT', () => writeWebVtt(lines));
const readable = timed('write Markdown', () =>
  writeReadable({ title: 'A long meeting', about: [] }, lines, (seconds) => `talk.mp3#t=${seconds}`),
);
const memoryAfter = usedMb();
const back = timed('read the WebVTT', () => readWebVtt(vtt) ?? []);
if (back.length !== lines.length) throw new Error(`${back.length} of ${lines.length} lines came back`);

console.log(
  `A transcript of ${HOURS} hours with ${WORDS} words (${megabytes(json.length)} of JSON), once each:`,
);
console.table(steps);
const conversion = steps.slice(0, -1).reduce((sum, { ms }) => sum + ms, 0);
console.log(
  `${lines.length} lines; ${megabytes(vtt.length)} of WebVTT, ${megabytes(readable.length)} of Markdown`,
);
console.log(`JSON to both files: ${conversion} ms, ${Math.round(memoryAfter - memoryBefore)} MB of memory`);

/** Recall's JSON with a time for each word. */
function transcriptJson(): string {
  const secondsAWord = (HOURS * 3600) / WORDS;
  const parts = Array.from({ length: Math.ceil(WORDS / WORDS_A_TURN) }, (_, turn) => ({
    participant: { id: turn % speakers.length, name: speakers[turn % speakers.length] ?? null },
    words: Array.from({ length: WORDS_A_TURN }, (__, index) => {
      const start = (turn * WORDS_A_TURN + index) * secondsAWord;
      return {
        text: index % 12 === 11 ? 'finished.' : 'something',
        start_timestamp: { relative: start, absolute: null },
        end_timestamp: { relative: start + secondsAWord, absolute: null },
      };
    }),
  }));
  return JSON.stringify(parts);
}

/** In ms of the processor, which do not grow when the computer does something else, too. */
function timed<Result>(step: string, work: () => Result): Result {
  const since = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(since);
  steps.push({ step, ms: Math.round((user + system) / 1000) });
  return result;
}

/** Of the process, after what is not needed any more is gone. */
function usedMb(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

function megabytes(length: number): string {
  return `${(length / 1e6).toFixed(1)} MB`;
}
