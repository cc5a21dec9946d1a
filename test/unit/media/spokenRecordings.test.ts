import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMediaText } from '../../../src/download/mediaText.ts';
import { decidedDestination } from '../../../src/media/destination.ts';
import { TRANSCRIPT } from '../../../src/media/kinds/transcript.ts';
import { SpokenRecordings } from '../../../src/media/spokenRecordings.ts';
import type { SpokenRecording } from '../../../src/media/spokenRecordings.ts';
import { systemClock } from '../../../src/network/clock.ts';
import type { AddedBot } from '../../simulator/controls.ts';
import type { RecordingSpec } from '../../simulator/readyBots.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { quietLog } from '../bots/quietLog.ts';
import { openMediaWindow } from './mediaWindow.ts';
import type { MediaWindow } from './mediaWindow.ts';

const said = (text: string): RecordingSpec => ({
  transcripts: [{ turns: [{ speaker: { id: 100, name: 'Ana' }, words: [{ text, start: 1, end: 3 }] }] }],
});

describe('what was said in the recordings of a bot', () => {
  let simulator: Simulator;
  let folder: string;
  let window: MediaWindow;

  beforeEach(async () => {
    simulator = await startSimulator();
    folder = await mkdtemp(join(tmpdir(), 'spoken-'));
    window = openMediaWindow(simulator, folder);
  });

  afterEach(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  function of(botId: string, signal = new AbortController().signal): Promise<readonly SpokenRecording[]> {
    const { client, store, records } = window;
    const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
    return new SpokenRecordings({
      ...{ client, store, clock: systemClock },
      records: () => records,
      read: (url, reading) =>
        readMediaText(
          { fetch, clock: systemClock, log: quietLog() },
          { url, maxBytes: 100_000, signal: reading },
        ),
    }).of(botId, signal);
  }
  async function saveSecond({ id, recordings }: AddedBot): Promise<void> {
    await window.downloads.download(
      { kind: TRANSCRIPT, botId: id, recordingIds: [recordings[1]?.id ?? ''] },
      decidedDestination({ folder: window.media, name: { pattern: '{id}' } }),
      { signal: new AbortController().signal, outage: 'tell' },
    );
  }
  const texts = (recordings: readonly SpokenRecording[]): (readonly [boolean, string])[] =>
    recordings.map(({ path, lines }) => [path !== undefined, lines.map(({ text }) => text).join(' ')]);

  it('is read from the saved file, without a request', async () => {
    const { id } = simulator.addBot({ recordings: [said('From the file.')] });
    await window.download(TRANSCRIPT, id);
    simulator.clearRequests();
    assert.deepEqual(texts(await of(id)), [[true, 'From the file.']]);
    assert.deepEqual(simulator.recordedRequests(), []);
  });

  it('is read from Recall where it was not saved, and saved nowhere', async () => {
    const { id } = simulator.addBot({ recordings: [said('From Recall.')] });
    assert.deepEqual(texts(await of(id)), [[false, 'From Recall.']]);
    assert.deepEqual((await window.records.get(id)).savedOthers, {});
  });

  it('is read from both when a part of it was saved', async () => {
    const bot = simulator.addBot({ recordings: [said('One.'), said('Two.')] });
    await saveSecond(bot);
    assert.deepEqual(texts(await of(bot.id)), [
      [true, 'Two.'],
      [false, 'One.'],
    ]);
  });

  it('is what was saved, while Recall cannot be reached for the rest', async () => {
    const bot = simulator.addBot({ recordings: [said('One.'), said('Two.')] });
    await saveSecond(bot);
    simulator.apiFault({ kind: 'reset', times: 'always' });
    assert.deepEqual(texts(await of(bot.id)), [[true, 'Two.']]);
    await assert.rejects(of(simulator.addBot({ recordings: [said('None.')] }).id), { code: 'network' });
  });

  it('has a reason when there is none, and nothing is paid for', async () => {
    const none = simulator.addBot({ recordings: [{}] });
    await assert.rejects(of(none.id), { code: 'transcriptNotRequested' });
    const made = simulator.addBot({ recordings: [{ transcripts: [{ status: 'processing' }] }] });
    await assert.rejects(of(made.id), { code: 'stillProcessing' });
    const other = simulator.addBot({ recordings: [{ transcripts: [{ json: {} }] }] });
    await assert.rejects(of(other.id), { code: 'unreadable' });
    assert.equal(simulator.transcriptCosts().ordered, 0);
  });

  it('ends when it is cancelled', async () => {
    const { id } = simulator.addBot({ recordings: [said('Never.')] });
    await assert.rejects(of(id, AbortSignal.abort()), { name: 'AbortError' });
  });
});
