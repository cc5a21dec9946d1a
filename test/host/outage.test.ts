import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { AddedBot } from '../simulator/controls.ts';
import { assertSameBytes, failureOf, filesIn, run, setSetting, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

inTrustedFolder('a download in an outage', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await setSetting('recall.fileName', '{id}');
  });

  const goesOn = 'The download goes on by itself when the connection is back, until you cancel it.';

  function fileOf({ id }: AddedBot, ending = 'mp3'): string {
    return `${id.slice(0, 8)}.${ending}`;
  }

  async function saved(): Promise<string[]> {
    return filesIn(join(recall.workspaceFolder, 'recordings'));
  }

  function errors(): string[] {
    return recall.shown.all.filter((text) => /^show(Error|Warning)Message/.test(text));
  }

  async function assertSaved(bot: AddedBot): Promise<void> {
    await until('the MP3 is there, and nothing else', async () => (await saved()).join() === fileOf(bot));
    const path = join(recall.workspaceFolder, 'recordings', fileOf(bot));
    await assertSameBytes(path, recall.simulator.mediaBytes(bot.recordings[0]?.audio[0] ?? ''));
    await until('the end is told', () =>
      recall.shown.all.some((text) => text.includes(`Saved ${fileOf(bot)}`)),
    );
  }

  /** Has a person download the bot's MP3 while the API is away, and waits for the message. */
  async function downloadInVain(bot: AddedBot): Promise<void> {
    recall.simulator.apiFault({ kind: 'reset', times: 'always' });
    recall.shown.answerNext(bot.id);
    await run('recall.downloadMp3');
    assert.equal(errors().length, 1, errors().join('\n'));
  }

  it('tells a person who looks at it, with Try Again and without a code, and goes on by itself', async () => {
    const bot = recall.simulator.addBot();
    await downloadInVain(bot);
    const [error = ''] = errors();
    assert.ok(error.includes(goesOn), error);
    assert.match(error, / \| Try Again \| Show Log$/);
    assert.doesNotMatch(error, /ECONN|UND_ERR|Open Settings/);

    recall.simulator.clearFaults();
    // An API call that works again is a sign.
    await run('recall.refreshBots');
    await assertSaved(bot);
    assert.equal(errors().length, 1, errors().join('\n'));
  });

  it('is tried again at once by the button, and told of once at its end', async () => {
    const bot = recall.simulator.addBot();
    // As often as one call is tried, and once more for what goes on by itself.
    recall.simulator.apiFault({ kind: 'reset', times: 6 });
    recall.shown.answerNext(bot.id);
    recall.shown.answerNext('Try Again');
    await run('recall.downloadMp3');
    await assertSaved(bot);
    const told = recall.shown.all.filter((text) => text.startsWith('showInformationMessage: '));
    assert.equal(told.length, 1, recall.shown.all.join('\n'));
  });

  it('does not come back after it was cancelled', async () => {
    const bot = recall.simulator.addBot();
    await downloadInVain(bot);
    await run('recall.cancelDownload', bot.id);
    recall.simulator.clearFaults();
    recall.simulator.clearRequests();
    await run('recall.refreshBots');
    assert.ok(!recall.simulator.requests.some(({ path }) => path.startsWith('/api/v1/audio_mixed/')));
    assert.deepEqual(await saved(), []);
  });

  it('fails for a script, which gets the sentence and the code, and does not come back', async () => {
    const bot = recall.simulator.addBot();
    recall.simulator.apiFault({ kind: 'reset', times: 'always' });
    const { code, message } = await failureOf('recall.downloadMp3', bot.id);
    assert.equal(code, 'network');
    assert.ok(!message.includes(goesOn), message);
    assert.deepEqual(errors(), []);
    recall.simulator.clearFaults();
    recall.simulator.clearRequests();
    await run('recall.refreshBots');
    assert.ok(!recall.simulator.requests.some(({ path }) => path.startsWith('/api/v1/audio_mixed/')));
  });

  it('leaves a part file whose MP3 is gone to whoever it belongs to, and can delete it', async () => {
    const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: 600_000 }] }] });
    recall.simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 1_000_000 });
    recall.simulator.mediaFault({ kind: 'cut', afterBytes: 150_000 });
    const failing = failureOf('recall.downloadMp3', bot.id);
    await recall.simulator.waitForRequest(({ origin }) => origin === 'media');
    recall.simulator.mediaFault({ kind: 'status', status: 400 });
    await failing;
    assert.ok((await saved()).includes(fileOf(bot, 'mp3.part')));

    recall.simulator.changeArtifact(bot.recordings[0]?.audio[0] ?? '', { status: 'deleted' });
    recall.shown.answerNext(bot.id);
    await run('recall.downloadMp3');
    const [kept = ''] = errors();
    assert.match(kept, /^showWarningMessage: .*deleted.* \| Delete Part File \| Keep \| Show Log$/);
    assert.ok(kept.includes(fileOf(bot, 'mp3.part')), kept);
    assert.ok((await saved()).includes(fileOf(bot, 'mp3.part')));

    recall.shown.answerNext(bot.id);
    recall.shown.answerNext('Delete Part File');
    await run('recall.downloadMp3');
    await until('nothing is left', async () => (await saved()).length === 0);
  });
});
