import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { assertSameBytes, failureOf, filesIn, run, until, useRecall } from './recallUnderTest.ts';
import { inVirtualWorkspace } from './workspaceTrust.ts';

inVirtualWorkspace('a workspace that is not on disk', () => {
  const recall = useRecall();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recall-saved-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is one', () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map(({ uri }) => uri.scheme),
      ['tmp'],
    );
  });

  it('lets bots be sent and followed', async () => {
    const meetingUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';
    assert.deepEqual([await run('recall.sendBot', { meetingUrl })], recall.simulator.botIds());
    assert.equal(await run('recall.refreshBots', {}), undefined);
  });

  it('says to a script that it has nowhere to save', async () => {
    const { id } = recall.simulator.addBot();
    const { code, message } = await failureOf('recall.downloadMp3', id);
    assert.deepEqual([code, message], ['noWorkspaceFolder', 'Open a folder on disk to save recordings in.']);
  });

  it('asks a person where to save, beginning at home, and saves there', async () => {
    const { id, recordings } = recall.simulator.addBot();
    const chosen = join(folder, 'minutes.mp3');
    recall.shown.answerNext(id);
    recall.shown.answerNext(vscode.Uri.file(chosen));
    const uris = await run('recall.downloadMp3');

    const question = recall.shown.all.find((text) => text.startsWith('showSaveDialog')) ?? '';
    const suggested = vscode.Uri.parse(/file:\S+/.exec(question)?.[0] ?? '').fsPath;
    assert.equal(dirname(suggested), homedir());
    assert.match(suggested, /\.mp3$/);
    assert.deepEqual(
      (uris as readonly vscode.Uri[]).map(({ fsPath }) => fsPath),
      [chosen],
    );
    await assertSameBytes(chosen, recall.simulator.mediaBytes(recordings[0]?.audio[0] ?? ''));
  });

  it('asks a person once for the folder of several bots, and saves each there', async () => {
    const bots = ['One', 'Two'].map((name) => recall.simulator.addBot({ name }));
    await run('recall.refreshBots', {});
    const nodes = recall.access.tree
      .getChildren()
      .filter((node) => 'botId' in node && bots.some(({ id }) => id === node.botId));
    recall.shown.answerNext(vscode.Uri.file(folder));
    const uris = await run('recall.downloadMp3', nodes[0], nodes);

    assert.equal(recall.shown.all.filter((text) => /^show(Open|Save)Dialog/.test(text)).length, 1);
    assert.deepEqual(
      (uris as readonly vscode.Uri[]).map(({ fsPath }) => dirname(fsPath)),
      [folder, folder],
    );
    for (const bot of bots) {
      const name = (await filesIn(folder)).find((file) => file.includes(bot.id.slice(0, 8)));
      await assertSameBytes(
        join(folder, name ?? ''),
        recall.simulator.mediaBytes(bot.recordings[0]?.audio[0] ?? ''),
      );
    }
  });

  it('goes on in the place that was chosen when the connection is back, without asking again', async () => {
    const { id, recordings } = recall.simulator.addBot();
    const chosen = join(folder, 'minutes.mp3');
    const audio = recordings[0]?.audio[0] ?? '';
    // Only the link to the MP3, for which the place is asked first, is not to be had.
    recall.simulator.apiFault({ kind: 'reset', path: `/audio_mixed/${audio}/`, times: 'always' });
    recall.shown.answerNext(id);
    recall.shown.answerNext(vscode.Uri.file(chosen));
    await run('recall.downloadMp3');
    assert.match(recall.shown.all.at(-1) ?? '', /The download goes on by itself when the connection is back/);

    recall.simulator.clearFaults();
    // An API call that works is a sign.
    await run('recall.refreshBots');
    await until(
      'the MP3 is there, and nothing else',
      async () => (await filesIn(folder)).join() === 'minutes.mp3',
    );
    await assertSameBytes(chosen, recall.simulator.mediaBytes(audio));
    assert.equal(recall.shown.all.filter((text) => text.startsWith('showSaveDialog')).length, 1);
  });

  it('refuses a place that is not on disk either', async () => {
    const { id } = recall.simulator.addBot();
    recall.shown.answerNext(id);
    recall.shown.answerNext(vscode.Uri.parse('tmp:/meetings/minutes.mp3'));
    assert.equal(await run('recall.downloadMp3'), undefined);
    assert.match(
      recall.shown.all.at(-1) ?? '',
      /showErrorMessage: An MP3 can be saved to a folder on disk only\./,
    );
  });

  it('fetches nothing when the person chooses no place', async () => {
    const { id } = recall.simulator.addBot();
    recall.shown.answerNext(id);
    assert.equal(await run('recall.downloadMp3'), undefined);
    assert.ok(recall.simulator.requests.every(({ origin }) => origin === 'api'));
    assert.deepEqual(await filesIn(folder), []);
  });

  it('asks where a transcript goes before it is paid for, and pays nothing without an answer', async () => {
    const { id } = recall.simulator.addBot({ recordings: [{}] });
    await run('recall.refreshBots', {});
    const node = recall.access.tree.getChildren().find((one) => 'botId' in one && one.botId === id);

    recall.shown.answerNext('Transcribe');
    await run('recall.transcribe', node);
    assert.equal(recall.shown.all.filter((text) => text.startsWith('showSaveDialog')).length, 1);
    assert.equal(recall.simulator.transcriptCosts().ordered, 0);

    const chosen = join(folder, 'minutes.vtt');
    recall.shown.answerNext('Transcribe');
    recall.shown.answerNext(vscode.Uri.file(chosen));
    const transcribing = run('recall.transcribe', node);
    await until('it is ordered', () => recall.simulator.transcriptCosts().ordered === 1);
    recall.simulator.advance(10 * 60_000);
    assert.deepEqual(
      ((await transcribing) as readonly vscode.Uri[]).map(({ fsPath }) => fsPath),
      [chosen],
    );
    assert.deepEqual((await filesIn(folder)).toSorted(), ['minutes.md', 'minutes.vtt']);
  });
});
