import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { recordingNote } from '../../src/transcripts/recordingNote.ts';
import type { BotSpec } from '../simulator/readyBots.ts';
import { openPaths, playedPaths } from './openEditors.ts';
import { download, failureOf, filesIn, run, setSetting, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

type Tree = ReturnType<typeof useRecall>['access']['tree'];
type Node = ReturnType<Tree['getChildren']>[number];

const meetingUrl = 'https://meet.google.com/kqz-mwvp-trb';
const askedForCaptions: BotSpec = {
  recordingConfig: { audio_mixed_mp3: {}, transcript: { provider: { meeting_captions: {} } } },
};

inTrustedFolder('the transcript', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await setSetting('recall.fileName', '{id}');
  });

  describe('that new bots are asked for', () => {
    for (const [setting, provider] of [
      ['captions', { meeting_captions: {} }],
      ['recallai', { recallai_streaming: { mode: 'prioritize_accuracy', language_code: 'auto' } }],
    ] as const) {
      it(`is that of the setting: ${setting}`, async () => {
        await setSetting('recall.transcript', setting, 'user');
        await run('recall.sendBot', { meetingUrl });
        assert.deepEqual(transcriptAskedFor(), { provider });
      });
    }

    it('is none by default, and no workspace can say otherwise', async () => {
      const settings = vscode.workspace.getConfiguration();
      const { Workspace } = vscode.ConfigurationTarget;
      await assert.rejects(Promise.resolve(settings.update('recall.transcript', 'recallai', Workspace)));
      await run('recall.sendBot', { meetingUrl });
      assert.equal(transcriptAskedFor(), undefined);
    });

    function transcriptAskedFor(): unknown {
      const [sent] = recall.simulator.requests.filter(({ method }) => method === 'POST');
      const body = JSON.parse(sent?.body ?? '{}') as { recording_config?: { transcript?: unknown } };
      return body.recording_config?.transcript;
    }
  });

  it('is saved with the MP3 of a bot that was asked for it, under the same name', async () => {
    const id = await listed({ ...askedForCaptions, recordings: [{ transcripts: 1 }, { transcripts: 1 }] });
    await download(id);
    const name = id.slice(0, 8);
    assert.deepEqual(
      await saved(),
      [1, 2].flatMap((number) =>
        ['md', 'mp3', 'vtt'].map((ending) => `${name} recording ${number}.${ending}`),
      ),
    );
    assert.ok((await contextValueOf(id)).includes('transcriptSaved'));
    const document = await readFile(
      join(recall.workspaceFolder, 'recordings', `${name} recording 1.md`),
      'utf8',
    );
    assert.match(document, /\]\([\w-]+:\/\/meeting-audio\.recall-meeting-audio\/play\?recording=[\w-]+&t=\d/);
    assert.deepEqual(recall.shown.all, []);
  });

  it('is not looked for when the bot was not asked for it', async () => {
    const id = await listed({ recordings: [{ transcripts: 1 }] });
    await download(id);
    assert.deepEqual(await saved(), [`${id.slice(0, 8)}.mp3`]);
    assert.deepEqual(
      recall.simulator.requests.filter(({ path }) => path.includes('/transcript/')),
      [],
    );
  });

  it('that there is none is told to a person who downloads the MP3, which is saved all the same', async () => {
    const id = await listed({ ...askedForCaptions, recordings: [{ transcripts: 0 }] });
    await run('recall.downloadMp3', nodeOf(id));
    await until('it is told', () =>
      recall.shown.all.some((text) => text.includes('no captions of this recording')),
    );
    assert.deepEqual(await saved(), [`${id.slice(0, 8)}.mp3`]);
    assert.ok(recall.shown.all.some((text) => /^showInformationMessage: Saved .*\.mp3/.test(text)));
  });

  it('is downloaded by a script, and opened as the document', async () => {
    const id = await listed({ recordings: [{ transcripts: 1 }] });
    const uris = await run('recall.downloadTranscript', id);
    assert.deepEqual(pathsOf(uris), [join(recall.workspaceFolder, 'recordings', `${id.slice(0, 8)}.vtt`)]);
    await run('recall.openTranscript', id);
    await until('the document is open', () =>
      openPaths().some((path) => path.endsWith(`${id.slice(0, 8)}.md`)),
    );
  });

  it('that there is none can be made by a button, which asks first', async () => {
    const id = await listed({ name: 'Budget', recordings: [{}] });
    recall.shown.answerNext('Transcribe…');
    await run('recall.downloadTranscript', nodeOf(id));
    await until('it is asked', () => recall.shown.all.some((text) => text.includes('Transcribe “Budget”')));
    assert.match(recall.shown.all.join('\n'), /without asking for a transcript.* \| Transcribe… \| Show Log/);
    assert.equal(recall.simulator.transcriptCosts().ordered, 0);
  });

  describe('that is to be paid for', () => {
    it('is made for a script only when that says that somebody agreed', async () => {
      const id = await listed({ recordings: [{}] });
      for (const argument of [id, { botId: id }, { botId: id, confirmed: 'yes' }])
        assert.equal((await failureOf('recall.transcribe', argument)).code, 'invalidArgument');
      assert.equal(recall.simulator.transcriptCosts().ordered, 0);

      const transcribing = run('recall.transcribe', { botId: id, confirmed: true });
      await untilOrdered(1);
      recall.simulator.advance(10 * 60_000);
      assert.equal(pathsOf(await transcribing).length, 1);
      assert.deepEqual(await saved(), [`${id.slice(0, 8)}.md`, `${id.slice(0, 8)}.vtt`]);

      await run('recall.transcribe', { botId: id, confirmed: true });
      assert.equal(recall.simulator.transcriptCosts().ordered, 1);
    });

    it('is made for a person after a yes to a question that names the meeting and its length', async () => {
      const id = await listed({ name: 'Budget', recordings: [{}] });
      await run('recall.transcribe', nodeOf(id));
      const [question = '', ...more] = recall.shown.all;
      assert.match(
        question,
        /^showWarningMessage: Transcribe “Budget” \(30:00\)\? .*by the hour.* \| Transcribe$/,
      );
      assert.deepEqual(more, []);
      assert.equal(recall.simulator.transcriptCosts().ordered, 0);

      recall.shown.answerNext('Transcribe');
      const transcribing = run('recall.transcribe', nodeOf(id));
      await untilOrdered(1);
      recall.simulator.advance(10 * 60_000);
      await transcribing;
      assert.ok((await saved()).includes(`${id.slice(0, 8)}.vtt`));
      assert.ok(!(await contextValueOf(id)).includes('canTranscribe'));
    });

    it('is asked about once for several bots, with the sum of their hours', async () => {
      const ids = [
        await listed({ name: 'One', recordings: [{}] }),
        await listed({ name: 'Two', recordings: [{}, {}] }),
        await listed({ name: 'Three', recordings: [{ transcripts: 1 }] }),
      ];
      const nodes = ids.map(nodeOf);
      recall.shown.answerNext('Transcribe');
      const transcribing = run('recall.transcribe', nodes[0], nodes);
      await untilOrdered(3);
      recall.simulator.advance(10 * 60_000);
      assert.equal(pathsOf(await transcribing).length, 4);
      const questions = recall.shown.all.filter((text) => text.startsWith('showWarningMessage'));
      assert.equal(questions.length, 1);
      assert.match(questions[0] ?? '', /recordings of 2 meetings \(1:00:00\)\? .*One and Two/s);
    });

    const untilOrdered = (count: number): Promise<unknown> =>
      until(`${count} are ordered`, () => recall.simulator.transcriptCosts().ordered === count);
  });

  it('opens in the player with its MP3, which a script gets by a bot ID', async () => {
    const id = await listed({ ...askedForCaptions, recordings: [{ transcripts: 1 }] });
    const [path = ''] = await download(id);
    await run('recall.openInPlayer', id);
    await until('the MP3 is in the player', () => playedPaths().includes(path));
    assert.equal(
      (await failureOf('recall.openInPlayer', 'b0700000-0000-4000-8000-00000000ffff')).code,
      'notSaved',
    );
  });

  it('has links that open the MP3 in the player, without a question', async () => {
    const bot = recall.simulator.addBot({ recordings: [{}] });
    const link = vscode.Uri.parse(
      `vscode://meeting-audio.recall-meeting-audio/play?recording=${bot.recordings[0]?.id ?? ''}&t=12.5`,
    );
    await recall.access.openUri(link);
    assert.match(
      recall.shown.all.join(),
      /^showWarningMessage: The MP3 of this recording is not on this computer/,
    );
    recall.shown.clear();
    const [path = ''] = await download(bot.id);
    await recall.access.openUri(link);
    await until('the MP3 is in the player', () => playedPaths().includes(path));
    assert.deepEqual(recall.shown.all, []);
  });

  it('has links that open an MP3 of another computer, beside the transcript in the workspace', async () => {
    const folder = join(recall.workspaceFolder, 'interviews');
    await mkdir(folder);
    const note = `WEBVTT\n\nNOTE ${recordingNote('rec-of-a-colleague')}\n\n00:01.000 --> 00:02.000\n<v Ana>Good morning.\n`;
    await writeFile(join(folder, 'A without MP3.vtt'), note);
    await writeFile(join(folder, 'Interview.vtt'), note);
    await writeFile(join(folder, 'Interview.mp3'), 'not looked into');
    const link = 'vscode://meeting-audio.recall-meeting-audio/play?recording=rec-of-a-colleague&t=1';
    await recall.access.openUri(vscode.Uri.parse(link));
    await until('the MP3 is in the player', () => playedPaths().includes(join(folder, 'Interview.mp3')));
    assert.deepEqual(recall.shown.all, []);
  });

  async function listed(spec: BotSpec): Promise<string> {
    const { id } = recall.simulator.addBot(spec);
    await run('recall.refreshBots', {});
    return id;
  }

  function nodeOf(botId: string): Node {
    const node = recall.access.tree
      .getChildren()
      .find((candidate) => 'botId' in candidate && candidate.botId === botId);
    assert.ok(node, 'the bot is not in the tree');
    return node;
  }

  async function contextValueOf(botId: string): Promise<readonly string[]> {
    return ((await recall.access.tree.getTreeItem(nodeOf(botId))).contextValue ?? '').split(' ');
  }

  async function saved(): Promise<string[]> {
    return (await filesIn(join(recall.workspaceFolder, 'recordings'))).toSorted();
  }
});

function pathsOf(uris: unknown): string[] {
  assert.ok(Array.isArray(uris), 'the result is no array');
  return uris.map((uri: unknown) => {
    assert.ok(uri instanceof vscode.Uri);
    return uri.fsPath;
  });
}
