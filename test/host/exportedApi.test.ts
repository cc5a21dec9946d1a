import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RecallApi, RecallBot } from '../../src/api.ts';
import { neverAdmittedBot, scheduledBot } from '../simulator/readyBots.ts';
import { assertSameBytes, filesIn, testKey, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const meetingUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';

inTrustedFolder('what other extensions get', () => {
  const recall = useRecall();
  const api = (): RecallApi => recall.access;

  afterEach(() => {
    assert.deepEqual(recall.shown.all, [], 'something was shown');
  });

  it('is version 1', () => {
    assert.equal(api().version, 1);
  });

  it('sends a bot and tells it', async () => {
    const joinAt = '2031-05-06T07:08:09+02:00';
    const bot = await api().sendBot({ meetingUrl, botName: 'Minutes', joinAt });

    assert.deepEqual(recall.simulator.botIds(), [bot.id]);
    assert.equal(bot.name, 'Minutes');
    assert.equal(bot.state, 'scheduled');
    assert.equal(bot.meeting.platform, 'zoom');
    assert.equal(Date.parse(bot.joinAt ?? ''), Date.parse(joinAt));
  });

  it('lists the bots as they are, in the order of the view', async () => {
    const over = recall.simulator.addBot({ name: 'Over' });
    const later = recall.simulator.addBot(scheduledBot(new Date(Date.now() + 3_600_000).toISOString()));
    const live = recall.simulator.addBot({ statusChanges: [{ code: 'joining_call' }] });
    const mine = new Set([over.id, later.id, live.id]);
    const bots = (await api().listBots()).filter(({ id }) => mine.has(id));

    assert.deepEqual(
      bots.map(({ id, state }) => [id, state]),
      [
        [live.id, 'live'],
        [later.id, 'scheduled'],
        [over.id, 'over'],
      ],
    );
    assert.equal(bots[2]?.name, 'Over');
    assert.equal(bots[2].status.code, 'done');
    assert.equal(bots[2].recordings[0]?.mp3, 'done');
  });

  it('gets a bot with the reason why it ended', async () => {
    const { id } = recall.simulator.addBot(neverAdmittedBot());
    const bot = await api().getBot(id);
    assert.equal(bot.id, id);
    assert.match(bot.reason ?? '', /^[A-Z].*\.$/);
  });

  it('downloads into the workspace, and tells where the files are', async () => {
    const { id, recordings } = recall.simulator.addBot();
    const [file, ...others] = await api().downloadMp3(id);

    assert.deepEqual(others, []);
    assert.ok(file);
    assert.ok(file.fsPath.startsWith(join(recall.workspaceFolder, 'recordings')));
    await assertSameBytes(file.fsPath, recall.simulator.mediaBytes(recordings[0]?.audio[0] ?? ''));
    const { savedMp3s } = await api().getBot(id);
    assert.deepEqual(
      savedMp3s.map(({ fsPath }) => fsPath),
      [file.fsPath],
    );
  });

  it('downloads into another folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recall-api-'));
    try {
      const { id } = recall.simulator.addBot();
      const [file] = await api().downloadMp3(id, { folder: vscode.Uri.file(join(folder, 'new')) });
      assert.ok(file?.fsPath.startsWith(join(folder, 'new')));
      assert.equal((await filesIn(join(folder, 'new'))).length, 1);
      assert.deepEqual(await filesIn(recall.workspaceFolder), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('stops a download that is cancelled', async () => {
    const { id } = recall.simulator.addBot();
    const error = await failure(api().downloadMp3(id, { signal: AbortSignal.abort() }));
    assert.equal(error.code, 'cancelled');
    assert.deepEqual(await filesIn(recall.workspaceFolder), []);
  });

  it('tells of changes, until nobody listens any more', async () => {
    const told: (readonly RecallBot[])[] = [];
    const failing = api().onDidChangeBots(() => {
      throw new Error('the fault of another extension');
    });
    const listening = api().onDidChangeBots((bots) => told.push(bots));
    const { id } = recall.simulator.addBot();
    await api().getBot(id);
    assert.ok(told.at(-1)?.some((bot) => bot.id === id));
    const before = told.length;
    listening.dispose();
    failing.dispose();
    recall.simulator.addBot();
    await api().listBots();
    assert.equal(told.length, before);
  });

  it('rejects with a sentence and a code', async () => {
    const unknown = 'e5f1b2ab-77a0-4c8e-9d41-6f3c2b1a0d9e';
    const calls: (readonly [code: string, call: () => Promise<unknown>])[] = [
      ['notFound', () => api().getBot(unknown)],
      ['notFound', () => api().downloadMp3(unknown)],
      ['invalidArgument', () => api().getBot('../bot')],
      ['invalidArgument', () => api().downloadMp3('')],
      ['invalidArgument', () => api().sendBot({ meetingUrl: 'next Tuesday' })],
      ['invalidArgument', () => api().sendBot({ meetingUrl, botName: '' })],
      ['invalidArgument', () => api().sendBot({ meetingUrl, signal: 7 as unknown as AbortSignal })],
      ['invalidArgument', () => api().downloadMp3(unknown, { folder: vscode.Uri.parse('untitled:x') })],
      ['invalidArgument', () => api().downloadMp3(unknown, { folder: '/tmp' as unknown as vscode.Uri })],
    ];
    for (const [code, call] of calls) {
      const error = await failure(call());
      assert.equal(error.code, code, error.message);
      assert.match(error.message, /^[A-Z0-9].*[.!?]$/s);
    }
  });

  it('holds no key and no link to media', async () => {
    const { id } = recall.simulator.addBot();
    const bot = await api().getBot(id);
    const text = JSON.stringify([bot, await api().listBots()]);
    assert.doesNotMatch(text, new RegExp(`${testKey}|X-Amz|Signature|download_url|https?:`, 'i'));
  });

  it('names a bot as text on one line', async () => {
    const { id } = recall.simulator.addBot({ name: 'Board\n\u202eboard' });
    await until('it is known', async () => (await api().getBot(id)).name === 'Board board');
  });
});

async function failure(call: Promise<unknown>): Promise<Error & { code: unknown }> {
  const error = await call.then(
    (result) => assert.fail(`it resolved to ${JSON.stringify(result)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error && 'code' in error, String(error));
  return error;
}
