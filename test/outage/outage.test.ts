import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sampleMeeting } from '../ui/mainJob.ts';
import { startSession } from '../ui/session.ts';
import type { Session } from '../ui/session.ts';
import { signIn } from '../ui/useSession.ts';
import { waitFor } from '../ui/waiting.ts';
import { setFocus } from '../ui/windowFocus.ts';

/** How long something is away, in real milliseconds. */
const OUTAGE_MS = 4 * 60_000;

/** By when the MP3 has to be there after that. */
const PATIENCE_MS = 60_000;

/** Longer than the simulated meeting and the making of its MP3 together. */
const WHOLE_MEETING_MS = 60_000;

/** What became of a meeting whose MP3 nobody waited for. */
interface Story {
  readonly session: Session;
  /** What the tree said before the end of the outage. */
  readonly lineInOutage: string;
  /** All notifications since the bot was sent. */
  readonly told: readonly string[];
  /** From the end of the outage to the whole MP3, in ms. */
  readonly tookMs: number;
}

/** A session in a window without the focus, with a bot in its meeting, where MP3s are to be downloaded at once. */
async function meetingThatNobodyWatches(): Promise<Session> {
  const session = await startSession({
    reuse: true,
    simulator: { timeScale: 0 },
    settings: { 'recall.whenRecordingIsReady': 'download' },
  });
  const { workbench, simulator, copy } = session;
  await signIn(session);
  await copy(sampleMeeting.clipboard);
  await workbench.runCommand('Recall: Send Bot');
  await workbench.expectQuickInput({ message: /^Google Meet\./ });
  await workbench.acceptQuickInput();
  await workbench.expectNotification(/is on its way/);
  simulator.advance(8_000);
  await workbench.expectTreeRow({ description: /^Recording/ });
  await workbench.clearNotifications();
  await setFocus(workbench, false);
  return session;
}

/** Waits the outage out and lets nothing happen but what happens by itself. */
async function story(session: Session, begin: () => Promise<void> | void, end: () => void): Promise<Story> {
  const { workbench, simulator, recordings } = session;
  const before = (await workbench.notificationsSoFar()).length;
  await begin();
  await delay(OUTAGE_MS);
  const [row] = await workbench.treeRows();
  end();
  const endedAt = Date.now();
  const [botId = ''] = simulator.botIds();
  const artifactId = simulator.idsOf(botId).recordings[0]?.audio[0] ?? '';
  await waitFor(
    'The MP3',
    async () => {
      const names = await filesIn(recordings);
      return names.length === 1 && names[0]?.endsWith('.mp3') === true ? true : undefined;
    },
    { withinMs: 5 * PATIENCE_MS, describe: () => filesIn(recordings) },
  );
  const tookMs = Date.now() - endedAt;
  const [name = ''] = await filesIn(recordings);
  assert.deepEqual(await readFile(join(recordings, name)), simulator.mediaBytes(artifactId));
  const told = (await workbench.notificationsSoFar()).slice(before);
  return { session, lineInOutage: row?.description ?? '', told, tookMs };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function storeAway(): Promise<Story> {
  const session = await meetingThatNobodyWatches();
  const { simulator } = session;
  return story(
    session,
    () => {
      simulator.mediaFault({ kind: 'resetBeforeHeaders', times: 'always' });
      simulator.advance(WHOLE_MEETING_MS);
    },
    () => {
      simulator.clearFaults();
    },
  );
}

async function bothAway(): Promise<Story> {
  const session = await meetingThatNobodyWatches();
  const { simulator } = session;
  return story(
    session,
    () => {
      simulator.apiFault({ kind: 'reset', times: 'always' });
      simulator.mediaFault({ kind: 'resetBeforeHeaders', times: 'always' });
      simulator.advance(WHOLE_MEETING_MS);
    },
    () => {
      simulator.clearFaults();
    },
  );
}

describe('An outage of four minutes, with nobody touching anything', () => {
  let stories: readonly [Story, Story];

  // At the same time, each in a VS Code of its own: both are nothing but waiting.
  before(async () => {
    stories = await Promise.all([storeAway(), bothAway()]);
  });

  after(async () => {
    for (const { session } of stories) await session.close();
  });

  it('of the media store after the meeting is waited out, and the MP3 is there within a minute', () => {
    const [{ tookMs, told, lineInOutage }] = stories;
    assert.ok(tookMs <= PATIENCE_MS, `It took ${tookMs} ms`);
    assert.match(lineInOutage, /^Waiting for the connection/);
    assert.deepEqual(
      told.filter((text) => !text.startsWith('Saved ')),
      [],
    );
  });

  it('of API and media store, from the recording on, is waited out, and the MP3 is there within a minute', () => {
    const [, { tookMs, told }] = stories;
    assert.ok(tookMs <= PATIENCE_MS, `It took ${tookMs} ms`);
    assert.deepEqual(
      told.filter((text) => !text.startsWith('Saved ')),
      [],
    );
  });
});
