import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mp3BytesOf } from '../simulator/mp3.ts';
import { mp3Content, wholeContent } from '../simulator/mediaContent.ts';
import { writeWebVtt } from '../../src/transcripts/webVtt.ts';
import { PlayerPage } from '../ui/playerPage.ts';
import { Workbench } from '../ui/workbench.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { packageExtension } from '../vscode/packaged.ts';
import { startServer } from '../vscode/server.ts';
import { makeTemporaryFolder } from '../vscode/temporaryFolder.ts';

/** How often the file is opened; the first time, which loads the product, does not count. */
const ROUNDS = 5;
const HOURS = 4;
const SECONDS_A_LINE = 3;
const SCROLLS = 200;
const NAME = 'Board meeting';
const OTHER = 'notes.txt';

/** What scrolling through the whole of it showed. */
interface Scrolling {
  /** The longest time from one picture to the next, in ms. */
  readonly longest: number;
  readonly median: number;
  /** The most lines that were in the page at once. */
  readonly mostLines: number;
}

/** Scrolls from the beginning to the end, a step for each picture. */
const SCROLL = `new Promise((resolve) => {
  const scroller = document.querySelector('.scroller');
  const times = [];
  let mostLines = 0;
  let last = performance.now();
  const step = (now) => {
    times.push(now - last);
    last = now;
    mostLines = Math.max(mostLines, document.querySelectorAll('.line').length);
    if (times.length > ${SCROLLS}) {
      const sorted = times.slice(1).sort((a, b) => a - b);
      resolve({
        longest: Math.round(sorted.at(-1)),
        median: Math.round(sorted[sorted.length >> 1]),
        mostLines,
      });
      return;
    }
    scroller.scrollTop += scroller.scrollHeight / ${SCROLLS};
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;

const temporary = makeTemporaryFolder('bench-player');
try {
  const lines = await writeMeeting(temporary.path);
  const { vsix } = await packageExtension();
  const settings = { 'workbench.editorAssociations': { '*.mp3': 'recall.player' } };
  const server = await startServer({ version: 'current', form: 'front', extensions: [vsix], settings });
  const browser = await launchBrowser({ viewport: { width: 1200, height: 900 }, clipboardFor: [server.url] });
  try {
    const page = await browser.context.newPage();
    const workbench = await Workbench.open(page, server.url, { folder: temporary.path });
    const opened: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      await workbench.openFile(OTHER);
      const ms = await timeToOpen(workbench);
      if (round > 0) opened.push(ms);
    }
    const player = await PlayerPage.of(workbench, NAME);
    const scrolling = await player.frame.evaluate<Scrolling>(SCROLL);
    console.log(`A meeting of ${HOURS} hours with ${lines} lines, opened ${ROUNDS} times in a real VS Code:`);
    console.table([{ 'until its lines are shown, ms (median)': medianOf(opened), ...scrolling }]);
  } finally {
    await browser.close();
    await server.stop();
  }
} finally {
  temporary.remove();
}

/** An MP3, and the transcript of a long meeting beside it. @returns how many lines that has */
async function writeMeeting(folder: string): Promise<number> {
  const count = (HOURS * 3600) / SECONDS_A_LINE;
  const lines = Array.from({ length: count }, (_, number) => ({
    startS: number * SECONDS_A_LINE,
    endS: (number + 1) * SECONDS_A_LINE,
    speaker: `Speaker ${Math.floor(number / 4) % 5}`,
    text: `This is what somebody said as number ${number}, in as many words as are usual in one breath.`,
    words: [],
  }));
  await writeFile(join(folder, `${NAME}.mp3`), wholeContent(mp3Content(440, mp3BytesOf(60_000))));
  await writeFile(join(folder, `${NAME}.vtt`), writeWebVtt(lines));
  await writeFile(join(folder, OTHER), 'Notes\n');
  return count;
}

/** From asking for the file to its lines in the page, in ms. */
async function timeToOpen(workbench: Workbench): Promise<number> {
  const begun = Date.now();
  await workbench.openFile(`${NAME}.mp3`);
  const player = await PlayerPage.of(workbench, NAME);
  await player.lines('number 0,').waitFor();
  return Date.now() - begun;
}

function medianOf(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
