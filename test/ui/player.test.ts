import assert from 'node:assert/strict';
import { copyFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TranscriptTurnSpec } from '../simulator/transcriptSpecs.ts';
import { outputFolder } from '../vscode/repository.ts';
import { themeSettings } from '../vscode/server.ts';
import { hasStatus } from './mainJob.ts';
import { PlayerPage } from './playerPage.ts';
import { signIn, useSession } from './useSession.ts';
import { waitFor } from './waiting.ts';

const bot = 'Design review';
const names = ['Ana Lindqvist', 'Ben Okafor', 'Zoë'];

const playerSettings = {
  'recall.fileName': '{name}',
  'workbench.editorAssociations': { '*.mp3': 'recall.player' },
};

const themes = ['dark', 'high-contrast', 'high-contrast-light', 'light'] as const;

/** A sentence every fifth of a second, so that there are far more than fit. */
function talk(): TranscriptTurnSpec[] {
  const special = new Map([
    [20, 'The café in the façade is approved.'],
    [150, 'Nobody disagrees about the price of it.'],
    [250, 'We meet again in the Cafe on Friday.'],
  ]);
  return Array.from({ length: 280 }, (_, number) => {
    const start = number / 5;
    const text = special.get(number) ?? `This is what was said as number ${number}.`;
    const id = Math.floor(number / 3) % names.length;
    return { speaker: { id, name: names[id] ?? null }, words: [{ text, start, end: start + 0.2 }] };
  });
}

describe('An MP3 with its transcript', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: playerSettings,
    screenshots: join(outputFolder, 'screenshots', 'player'),
  });
  let player: PlayerPage;

  before(async () => {
    const { simulator, workbench } = session();
    simulator.addBot({
      name: bot,
      recordingConfig: { audio_mixed_mp3: {}, transcript: { provider: { meeting_captions: {} } } },
      recordings: [
        {
          // A minute.
          audio: [{ sizeBytes: 1_900_000 }],
          transcripts: [{ turns: talk() }],
          participants: names.map((name) => ({ name })),
          timeline: [
            { speaker: 0, from: 0, until: 20 },
            { speaker: 1, from: 18, until: 40 },
            { speaker: 2, from: 41, until: 55 },
          ],
        },
      ],
    });
    await signIn(session());
    await workbench.expectTreeRow(bot);
    await workbench.clickRowAction(bot, 'Download MP3');
    await workbench.expectTreeRow({ label: bot, description: hasStatus('Saved') });
    await waitForFiles('.md,.mp3,.vtt');
    await workbench.clearNotifications();
    await workbench.clickRow(bot);
    player = await PlayerPage.of(workbench, bot);
  });

  it('opens by a click on its line, and plays from the line of it that is clicked', async () => {
    const { workbench } = session();
    await player.expect({ isPlaying: false, time: /^0:00 \/ 1:\d\d$/, lanes: names, problems: [] });
    await player.lines('said as number 11.').click();
    await player.expect({ isPlaying: true, seconds: (seconds) => seconds > 2.2 });
    await player.expectThat('a line that is lit', ({ seconds, spoken }) => {
      const number = Number(/number (\d+)\.$/.exec(spoken)?.[1]);
      return number > 11 && Math.abs(number / 5 - seconds) < 1;
    });
    await workbench.screenshot('playing');
    await player.frame.press('body', 'k');
    await player.expect({ isPlaying: false });
  });

  it('is searched, whatever the accents, and played from a hit', async () => {
    const { workbench } = session();
    await player.search('cafe');
    await player.expect({ hits: '1 of 2', found: /^The café/, marked: (marked) => marked.includes('café') });
    await player.nextHit();
    await player.expect({ hits: '2 of 2', found: /^We meet again/, isPlaying: false });
    assert.deepEqual(await player.barriers(), []);
    await workbench.screenshot('searched');
    await player.lines('We meet again').click();
    await player.expect({ isPlaying: true, seconds: (seconds) => seconds >= 50 && seconds < 56 });
    await player.frame.press('body', ' ');
    await player.expect({ isPlaying: false });
  });

  it('is searched and heard by keys alone', async () => {
    await player.search('nobody disagrees');
    await player.expect({ found: /^Nobody disagrees/ });
    const field = player.frame.locator('.search-field');
    // Past the two buttons of the search and the slider, to the line that was found.
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab']) await field.page().keyboard.press(key);
    await player.expect({ focused: /^Play from 0:30, / });
    await field.page().keyboard.press('Enter');
    await player.expect({ isPlaying: true, seconds: (seconds) => seconds >= 30 && seconds < 40 });
    await player.frame.press('body', 'k');
    await player.expect({ isPlaying: false });
    await player.frame.locator('.line.found button').press('End');
    await player.expect({ focused: /^Play from 0:55, / });
    await player.frame.locator('button:focus').press('ArrowUp');
    await player.frame.locator('button:focus').press('Home');
    await player.expect({ focused: /^Play from 0:00, / });
  });

  it('obeys the keys that players have', async () => {
    // A button with the focus is pressed by the space bar.
    await player.frame.locator('h1.title').click();
    await player.expect({ focused: '' });
    const from = (await player.state()).seconds;
    const press = (key: string): Promise<void> => player.frame.press('body', key);
    const at = (seconds: number): Promise<void> =>
      player.expect({ seconds: (now) => Math.abs(now - seconds) < 0.5 });
    await press('ArrowLeft');
    await at(from - 5);
    await press('j');
    await at(from - 15);
    await press('l');
    await press('ArrowRight');
    await at(from);
    await press(']');
    await press(']');
    await player.expect({ speed: '1.5' });
    await press('[');
    await press('[');
    await player.expect({ speed: '1' });
    await press(' ');
    await player.expect({ isPlaying: true });
    await press(' ');
    await player.expect({ isPlaying: false });
  });

  it('brings back what is spoken when somebody has read on', async () => {
    const back = player.frame.getByRole('button', { name: 'Back to what is spoken' });
    await player.frame.locator('.scroller').press('Home');
    await back.waitFor();
    await player.lines('said as number 3.').waitFor();
    await back.click();
    await player.frame.locator('.line.spoken').waitFor();
    assert.equal(await back.isVisible(), false);
  });

  it('copies what is selected with its times and speakers', async () => {
    const { workbench } = session();
    await player.frame.locator('.scroller').press('Home');
    await player.lines('said as number 2.').waitFor();
    await player.frame.evaluate(`{
      const said = [...document.querySelectorAll('.line .text')];
      const [first, second] = [1, 2].map((number) =>
        said.find(({ textContent }) => textContent.endsWith(' ' + number + '.')));
      document.getSelection().setBaseAndExtent(first.firstChild, 3, second.firstChild, 9);
      const copy = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), cancelable: true });
      document.dispatchEvent(copy);
      globalThis.copied = copy.clipboardData.getData('text/plain');
      document.getSelection().removeAllRanges();
    }`);
    assert.equal(
      await player.frame.evaluate('copied'),
      [1, 2].map((n) => `0:00 Ana Lindqvist: This is what was said as number ${n}.`).join('\n'),
    );
    await workbench.page.keyboard.press('Escape');
  });

  it('has nothing in the way of those who do not see it or have no mouse, in any theme and when it is narrow', async () => {
    const { workbench, writeSettings } = session();
    for (const theme of themes) {
      await writeSettings({ ...playerSettings, ...themeSettings(theme, 'current') });
      await workbench.reload();
      player = await openPlayer();
      assert.equal(await player.frame.evaluate('document.body.dataset.vscodeThemeKind'), `vscode-${theme}`);
      assert.deepEqual(await player.barriers(), [], theme);
      await workbench.screenshot(theme);
    }
    const size = workbench.page.viewportSize();
    assert.ok(size);
    await workbench.page.setViewportSize({ width: 672, height: 700 });
    const width = (): Promise<number> => player.frame.evaluate<number>('innerWidth');
    await waitFor('A narrow player', async () => ((await width()) <= 320 ? true : undefined), {
      describe: width,
    });
    assert.deepEqual(await player.barriers(), []);
    assert.ok(await player.frame.evaluate('document.documentElement.scrollWidth <= innerWidth'));
    await workbench.screenshot('narrow');
    await workbench.page.setViewportSize(size);
  });

  it('is found again where it was left', async () => {
    const { workbench } = session();
    await player.search('said as number 241.');
    await player.frame.locator('.line.found').click();
    await player.expect({ isPlaying: true, seconds: (now) => now > 48.2 });
    await player.frame.press('body', 'k');
    await player.expect({ isPlaying: false });
    const { seconds } = await player.state();
    await closeEditor();
    await waitFor('No editor', async () => ((await workbench.editorTabs()).length === 0 ? true : undefined));
    player = await openPlayer();
    await player.expect({ isPlaying: false, seconds: (now) => Math.abs(now - seconds) < 0.5 });
  });

  it('stops when another one is played', async () => {
    const { recordings, workbench } = session();
    await copyFile(join(recordings, `${bot}.mp3`), join(recordings, 'Another.mp3'));
    await player.frame.press('body', 'k');
    await player.expect({ isPlaying: true });
    await workbench.openFile('Another.mp3');
    const another = await PlayerPage.of(workbench, 'Another');
    await another.expect({ time: /\/ 1:\d\d$/ });
    await player.expect({ isPlaying: true });
    await another.frame.press('body', 'k');
    await another.expect({ isPlaying: true });
    await player.expect({ isPlaying: false });
    await closeEditor();
    await workbench.expectEditorTab({ label: `${bot}.mp3`, active: true });
  });

  it('says so when the MP3 is damaged, and can play it when it is whole again', async () => {
    const { recordings } = session();
    const mp3 = join(recordings, `${bot}.mp3`);
    const { seconds } = await player.state();
    const whole = await readFile(mp3);
    await writeFile(mp3, 'This is no MP3.');
    await player.expect({ problems: ([problem = '']) => problem.startsWith('This file cannot be played.') });
    await writeFile(mp3, whole.subarray(0, whole.length / 4));
    await player.expect({
      problems: ([problem = '']) => problem.startsWith('This MP3 has changed'),
      time: /\/ 0:2\d$/,
    });
    await writeFile(mp3, whole);
    await player.expect({
      ...{ problems: [], time: /\/ 1:\d\d$/, isPlaying: false },
      seconds: (now) => Math.abs(now - seconds) < 0.5,
    });
  });

  it('plays all the same when its transcript is damaged or gone, and says so', async () => {
    const { recordings, workbench } = session();
    const transcript = join(recordings, `${bot}.vtt`);
    await writeFile(transcript, 'This is no transcript.');
    await player.expect({ problems: ['The transcript beside this MP3 could not be read.'], lanes: names });
    await rm(transcript);
    await player.expect({ problems: ([problem = '']) => problem.startsWith('There is no transcript') });
    await player.frame.press('body', ' ');
    await player.expect({ isPlaying: true });
    await player.frame.press('body', ' ');
    await workbench.screenshot('without transcript');
  });

  async function closeEditor(): Promise<void> {
    await session().workbench.page.locator('.tab.active .tab-actions .action-label').click();
  }

  async function openPlayer(): Promise<PlayerPage> {
    const { workbench } = session();
    await workbench.runCommand('Recall: Open with Transcript');
    await workbench.choose(bot);
    return PlayerPage.of(workbench, bot);
  }

  async function waitForFiles(endings: string): Promise<void> {
    const { recordings } = session();
    const look = async (): Promise<string> =>
      (await readdir(recordings))
        .map((name) => name.slice(name.lastIndexOf('.')))
        .toSorted()
        .join();
    await waitFor(`The files ${endings}`, async () => ((await look()) === endings ? true : undefined), {
      describe: look,
    });
  }
});
