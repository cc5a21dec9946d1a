import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { AddedBot } from '../simulator/controls.ts';
import type { RecordingSpec } from '../simulator/readyBots.ts';
import { botWithRecordings, mediaExpiredBot, notAskedForMp3Bot, rawOnlyBot } from '../simulator/readyBots.ts';
import type { RecordedRequest } from '../simulator/recordedRequests.ts';
import { assertSameBytes, failureOf, filesIn, run, setSetting, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const videoOnly: RecordingSpec = { audio: 0, video: true };

inTrustedFolder('downloading with recall.downloadVideo', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await setSetting('recall.fileName', '{id}');
  });

  it('saves the videos of all recordings, each whole, and answers with their files', async () => {
    const bot = recall.simulator.addBot({ recordings: [{ video: true }, videoOnly] });
    const paths = await downloadVideos(bot.id);
    const id = bot.id.slice(0, 8);
    assert.deepEqual(
      paths.map((path) => basename(path)),
      [`${id} recording 1.mp4`, `${id} recording 2.mp4`],
    );
    for (const [index, video] of videosOf(bot).entries()) {
      await assertSameBytes(paths[index], recall.simulator.mediaBytes(video));
    }
    assert.deepEqual(recall.shown.all, []);
  });

  it('sends the API key to the API alone', async () => {
    const bot = recall.simulator.addBot({ recordings: [videoOnly] });
    await downloadVideos(bot.id);
    assert.equal(mediaRequests().length, 1);
    for (const { headers } of mediaRequests()) assert.equal(headers.authorization, undefined);
  });

  it('fetches nothing that is here already, and is no MP3 for scripts', async () => {
    const bot = recall.simulator.addBot({ recordings: [videoOnly] });
    const paths = await downloadVideos(bot.id);
    recall.simulator.clearRequests();
    assert.deepEqual(await downloadVideos(bot.id), paths);
    assert.deepEqual(mediaRequests(), []);
    assert.deepEqual((await recall.access.getBot(bot.id)).savedMp3s, []);
    assert.equal((await failureOf('recall.openMp3', bot.id)).code, 'notSaved');
    await run('recall.openVideo', bot.id);
    await until('the video is open', () => tabPaths().includes(paths[0] ?? ''));
  });

  it('never replaces a file of the same name', async () => {
    const bot = recall.simulator.addBot({ recordings: [videoOnly] });
    const taken = join(recall.workspaceFolder, 'recordings', `${bot.id.slice(0, 8)}.mp4`);
    await mkdir(dirname(taken));
    await writeFile(taken, 'my own film');
    const [path = ''] = await downloadVideos(bot.id);
    assert.equal(basename(path), `${bot.id.slice(0, 8)} (2).mp4`);
    assert.equal(await readFile(taken, 'utf8'), 'my own film');
  });

  it('goes on where an interrupted download stopped', async () => {
    const bot = recall.simulator.addBot({ recordings: [{ audio: 0, video: { sizeBytes: 600_000 } }] });
    recall.simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 1_000_000 });
    recall.simulator.mediaFault({ kind: 'cut', afterBytes: 150_000 });
    const failing = failureOf('recall.downloadVideo', bot.id);
    await recall.simulator.waitForRequest(({ origin }) => origin === 'media');
    recall.simulator.mediaFault({ kind: 'status', status: 400 });
    assert.equal((await failing).code, 'refused');
    assert.ok((await saved()).includes(`${bot.id.slice(0, 8)}.mp4.part`));

    recall.simulator.clearRequests();
    const [path] = await downloadVideos(bot.id);
    await assertSameBytes(path, recall.simulator.mediaBytes(videosOf(bot)[0] ?? ''));
    assert.match(mediaRequests()[0]?.headers.range ?? '', /^bytes=[1-9]/);
    assert.deepEqual(await saved(), [`${bot.id.slice(0, 8)}.mp4`]);
  });

  it('asks for a new address when one has expired', async () => {
    const bot = recall.simulator.addBot({ recordings: [videoOnly] });
    recall.simulator.mediaFault({ kind: 'expired' });
    await downloadVideos(bot.id);
    assert.equal(new Set(mediaRequests().map(({ path }) => path)).size, 2);
  });

  it('says why there is no video', async () => {
    const without = recall.simulator.addBot({ recordings: [{ audio: 1 }] });
    assert.equal((await failureOf('recall.downloadVideo', without.id)).code, 'noVideo');
    const expired = recall.simulator.addBot(mediaExpiredBot());
    assert.match((await failureOf('recall.downloadVideo', expired.id)).code as string, /^(expired|deleted)$/);
    assert.equal((await failureOf('recall.downloadVideo', 7)).code, 'invalidArgument');
    assert.deepEqual(mediaRequests(), []);
  });

  describe('offered where there is no MP3', () => {
    const button = 'Download Video';
    const kinds = [
      [
        'the platform makes none',
        { platform: 'webex', recordings: [{ ...videoOnly, shortcut: 'null' }] },
        'noMp3',
      ],
      ['it was not asked for', notAskedForMp3Bot(), 'mp3NotRequested'],
      [
        'there is raw audio only',
        rawOnlyBot({ recordings: [{ audio: [{ format: 'raw' }], video: true }] }),
        'rawOnly',
      ],
      ['it failed', { recordings: [{ audio: [{ status: 'failed' }], video: true }] }, 'failed'],
    ] as const;
    for (const [name, spec, code] of kinds) {
      it(`because ${name}: a person gets the video by a button, a script the reason alone`, async () => {
        const bot = recall.simulator.addBot(spec);
        assert.equal((await failureOf('recall.downloadMp3', bot.id)).code, code);
        assert.ok(!recall.simulator.requests.some(({ path }) => path.includes('video_mixed')));

        recall.shown.answerNext(bot.id);
        recall.shown.answerNext(button);
        await run('recall.downloadMp3');
        await until('the video is saved', () => recall.shown.all.some((text) => /Saved \S+\.mp4/.test(text)));
        assert.deepEqual(await saved(), [`${bot.id.slice(0, 8)}.mp4`]);
        const path = join(recall.workspaceFolder, 'recordings', `${bot.id.slice(0, 8)}.mp4`);
        await assertSameBytes(path, recall.simulator.mediaBytes(videosOf(bot)[0] ?? ''));
      });
    }

    it('beside the MP3s that there are, and then of the others only', async () => {
      const bot = recall.simulator.addBot({
        recordings: [{ video: true }, { audio: [{ status: 'failed' }], video: true }],
      });
      recall.shown.answerNext(bot.id);
      recall.shown.answerNext(button);
      await run('recall.downloadMp3');
      const id = bot.id.slice(0, 8);
      const files = [`${id} recording 1.mp3`, `${id} recording 2.mp4`];
      await until('the video is saved', async () => (await saved()).join() === files.join());
      const told = recall.shown.all.find((text) => text.includes('One recording has no MP3'));
      assert.match(told ?? '', /Saved .*\.mp3 .*\| Open \| Reveal \| Download Video/);
    });

    const never = [
      ['the media expired', mediaExpiredBot()],
      [
        'the media was deleted',
        { recordings: [{ status: 'deleted', audio: [{ status: 'deleted' }], video: true }] },
      ],
      ['there is no video either', { recordings: [{ audio: [{ status: 'failed' }] }] }],
      [
        'the video is not finished',
        { recordings: [{ audio: [{ status: 'failed' }], video: { status: 'processing' } }] },
      ],
    ] as const;
    for (const [name, spec] of never) {
      it(`but not when ${name}`, async () => {
        const bot = recall.simulator.addBot(spec);
        recall.shown.answerNext(bot.id);
        await run('recall.downloadMp3');
        const told = recall.shown.all.filter((text) => text.startsWith('showWarningMessage'));
        assert.equal(told.length, 1, recall.shown.all.join('\n'));
        assert.doesNotMatch(told[0] ?? '', /Download Video/);
      });
    }

    it('and a failing look for it leaves the reason standing', async () => {
      const bot = recall.simulator.addBot({
        recordings: [{ audio: [{ status: 'failed' }], shortcut: 'noShortcuts' }],
      });
      recall.simulator.failNext({ status: 400, path: '/video_mixed/', times: 'always' });
      recall.shown.answerNext(bot.id);
      await run('recall.downloadMp3');
      assert.match(recall.shown.all.join('\n'), /showWarningMessage: Recall could not make the MP3/);
    });
  });

  it('is not done for a bot whose MP3s are all there', async () => {
    const bot = recall.simulator.addBot(botWithRecordings({ recordings: 2 }));
    recall.shown.answerNext(bot.id);
    await run('recall.downloadMp3');
    assert.ok(!recall.simulator.requests.some(({ path }) => path.includes('video_mixed')));
  });

  async function downloadVideos(botId: string): Promise<string[]> {
    const uris = await run('recall.downloadVideo', botId);
    assert.ok(Array.isArray(uris), 'the result is no array');
    return uris.map((uri: unknown) => {
      assert.ok(uri instanceof vscode.Uri);
      return uri.fsPath;
    });
  }

  function mediaRequests(): RecordedRequest[] {
    return recall.simulator.requests.filter(({ origin }) => origin === 'media');
  }

  function saved(): Promise<string[]> {
    return filesIn(join(recall.workspaceFolder, 'recordings'));
  }
});

function videosOf(bot: AddedBot): string[] {
  return bot.recordings.flatMap(({ video }) => video);
}

function tabPaths(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? [input.uri.fsPath] : []));
}
