import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MPEGDecoder } from 'mpg123-decoder';
import { botWithRecordings } from '../simulator/readyBots.ts';
import type { AddedBot } from '../simulator/controls.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { outputFolder } from '../vscode/repository.ts';
import { playMainJob, sampleMeeting, savedFile } from './mainJob.ts';
import { sampleApiKey } from './session.ts';
import { useSession } from './useSession.ts';

/** The meeting goes on only when the tree has shown where it is, so that no step is missed on a slow computer. */
const untilNextStatusMs: Readonly<Record<string, number>> = {
  Starting: 1_000,
  Joining: 6_000,
  Recording: 9_000,
  'Making the MP3': 4_000,
};

describe('The main job', () => {
  const session = useSession({
    simulator: { timeScale: 0, artifactPageSize: 1, keys: [sampleApiKey] },
    screenshots: join(outputFolder, 'screenshots', 'main-job'),
  });

  it('brings the MP3 of a meeting into the folder: set key, send bot, download', async () => {
    const { workbench, simulator, recordings } = session();
    const job = { apiKey: sampleApiKey, ...sampleMeeting };

    const { statuses, fileName } = await playMainJob(workbench, job, {
      say: () => undefined,
      statusSeen: (status) => {
        simulator.advance(untilNextStatusMs[status] ?? 0);
      },
    });

    assert.deepEqual(statuses, ['Starting', 'Joining', 'Recording', 'Making the MP3', 'MP3 ready']);
    const [botId = ''] = simulator.botIds();
    assert.deepEqual(await readdir(recordings), [fileName]);
    const bytes = await readFile(join(recordings, fileName));
    assert.deepEqual(bytes, simulator.mediaBytes(onlyAudioId(simulator.idsOf(botId))));
    assert.ok((await decodedSeconds(bytes)) > 5);
    assert.equal(
      Math.round(await workbench.expectAudioPlayer(fileName)),
      Math.round(await decodedSeconds(bytes)),
    );
    assert.match(
      fileName,
      new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\d\\d-\\d\\d Google Meet ${botId.slice(0, 8)}\\.mp3$`),
    );
  });

  it('saves every part of every recording, and overwrites nothing when asked again', async () => {
    const { workbench, simulator, recordings } = session();
    const bot = simulator.addBot(botWithRecordings({ recordings: 2, parts: 2 }, { name: 'Design review' }));

    await downloadById(bot.id);
    await workbench.expectNotification(/^Saved 4 MP3s /);
    await workbench.expectTreeRow({ label: 'Design review', description: /^Saved/ });
    const names = await filesOf(bot);
    assert.deepEqual(
      names.map((name) => / \(.*\)\.mp3$| \d.*\.mp3$/.test(name)),
      [true, true, true, true],
      names.join('\n'),
    );
    assert.deepEqual(await contentsOf(names), audioOf(simulator, bot));
    const before = await Promise.all(names.map((name) => stat(join(recordings, name))));

    await workbench.clearNotifications();
    await downloadById(bot.id);
    await workbench.expectNotification('All 4 MP3s are already there.');
    assert.deepEqual(await filesOf(bot), names);
    const after = await Promise.all(names.map((name) => stat(join(recordings, name))));
    assert.deepEqual(
      after.map(({ mtimeMs, ino }) => ({ mtimeMs, ino })),
      before.map(({ mtimeMs, ino }) => ({ mtimeMs, ino })),
    );
    assert.deepEqual(await contentsOf(names), audioOf(simulator, bot));
  });

  it('keeps a file of the same name that is not its own', async () => {
    const { workbench, simulator, recordings, writeSettings } = session();
    const bot = simulator.addBot({ name: 'Interview' });
    const mine = join(recordings, 'Interview.mp3');
    await mkdir(recordings, { recursive: true });
    await writeFile(mine, 'notes of my own');
    await writeSettings({ 'recall.fileName': '{name}' });

    await workbench.clearNotifications();
    await downloadById(bot.id);
    await workbench.expectNotification(/^Saved .*Interview.*\.mp3 /);

    const saved = savedFile(await workbench.notificationsSoFar());
    assert.notEqual(saved, 'Interview.mp3');
    assert.equal(await readFile(mine, 'utf8'), 'notes of my own');
    assert.deepEqual(await readFile(join(recordings, saved)), simulator.mediaBytes(onlyAudioId(bot)));
  });

  async function downloadById(botId: string): Promise<void> {
    const { workbench } = session();
    await workbench.runCommand('Recall: Download MP3');
    await workbench.expectQuickInput('Download the MP3 of which bot?');
    await workbench.answer(botId);
  }

  async function filesOf(bot: AddedBot): Promise<string[]> {
    return (await readdir(session().recordings)).filter((name) => name.includes(bot.id.slice(0, 8))).sort();
  }

  async function contentsOf(names: readonly string[]): Promise<Set<string>> {
    const contents = await Promise.all(
      names.map((name) => readFile(join(session().recordings, name), 'latin1')),
    );
    return new Set(contents);
  }
});

function audioOf(simulator: Simulator, bot: AddedBot): Set<string> {
  const ids = bot.recordings.flatMap(({ audio }) => audio);
  return new Set(ids.map((id) => simulator.mediaBytes(id).toString('latin1')));
}

function onlyAudioId(bot: AddedBot): string {
  const ids = bot.recordings.flatMap(({ audio }) => audio);
  assert.equal(ids.length, 1);
  return ids[0] ?? '';
}

/** Decodes an MP3 with another decoder than VS Code's, and answers how long it plays. */
async function decodedSeconds(bytes: Buffer): Promise<number> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const { samplesDecoded, sampleRate, errors } = decoder.decode(bytes);
    assert.deepEqual(errors, []);
    return samplesDecoded / sampleRate;
  } finally {
    decoder.free();
  }
}
