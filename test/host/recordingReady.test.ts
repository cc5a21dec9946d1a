import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, setSetting, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

inTrustedFolder('the MP3 of a followed bot', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await setSetting('recall.fileName', '{id}');
    // The download folder cannot be made: a file of that name is there.
    await writeFile(join(recall.workspaceFolder, 'recordings'), 'not a folder');
  });

  it('tells why it could not be saved to those who asked for it in the message', async () => {
    await setSetting('recall.whenRecordingIsReady', 'ask', 'workspace');
    recall.shown.answerNext('Download');
    await playMeeting();
    await until('the failure is shown', () => recall.shown.all.some(isFailure));
    assert.ok(recall.shown.all.some((text) => text.endsWith('is ready. | Download | Always Download')));
  });

  it('tells it, once, when it was to be downloaded without being asked for', async () => {
    await setSetting('recall.whenRecordingIsReady', 'download', 'workspace');
    await playMeeting();
    await until('the failure is shown', () => recall.shown.all.some(isFailure));
    assert.equal(recall.shown.all.filter(isFailure).length, 1, recall.shown.all.join('\n'));
  });

  it('is saved without being asked for', async () => {
    await setSetting('recall.whenRecordingIsReady', 'download', 'workspace');
    await setSetting('recall.downloadFolder', 'mp3s');
    await mkdir(join(recall.workspaceFolder, 'mp3s'));
    await playMeeting();
    await until('it is saved', () => recall.shown.all.some((text) => /Saved \S+\.mp3/.test(text)));
    assert.ok(!recall.shown.all.some(isFailure));
  });

  async function playMeeting(): Promise<void> {
    const botId = await run('recall.sendBot', { meetingUrl: 'https://meet.google.com/kqz-mwvp-trb' });
    assert.ok(typeof botId === 'string');
    recall.simulator.advance(3 * 60 * 60_000);
  }
});

function isFailure(text: string): boolean {
  return /^showErrorMessage: .*recordings/.test(text);
}
