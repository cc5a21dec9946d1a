import assert from 'node:assert/strict';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import type { KnownBot } from '../../../src/bots/botStore.ts';
import { transcriptFiles } from '../../../src/media/transcriptFiles.ts';
import { DONE, botAnswer } from '../bots/botAnswers.ts';

const json = JSON.stringify([
  {
    participant: { id: 1, name: 'Ana', is_host: true, email: 'ana@example.test' },
    words: [
      {
        text: 'Good morning everybody.',
        start_timestamp: { relative: 9.73 },
        end_timestamp: { relative: 11 },
      },
    ],
  },
  {
    participant: { id: 2, name: 'Ben', is_host: false },
    words: [{ text: 'Hello Ana, hello all.', start_timestamp: { relative: 12 }, end_timestamp: null }],
  },
]);

describe('the files of a transcript', () => {
  const bot = botAnswer({ statuses: DONE, recordings: [{ title: 'Planning [draft]' }] });
  const [recording] = bot.recordings;
  assert.ok(recording);

  const written = (known: Partial<KnownBot['record']> = {}): string[] =>
    transcriptFiles(json, {
      known: { bot, record: { ...blankRecord(bot.id), ...known } },
      recording,
      defaultBotName: 'Meeting Notetaker',
      playFrom: (seconds) => `play:${seconds}`,
    }).map(({ extension, text }) => `${extension}: ${text}`);

  it('are captions, and a document that says which meeting it was and leads into the MP3', () => {
    const [vtt = '', md = ''] = written();
    assert.match(
      vtt,
      /^vtt: WEBVTT\n\nNOTE recording=recording-1\n\n00:00:09\.730 --> 00:00:11\.000\n<v Ana>Good morning everybody\.\n/,
    );
    assert.match(md, /^md: # Planning \\\[draft\\\]\n\n.+ · Ana and Ben\n\n/);
    assert.ok(md.includes('[0:09](play:9.73) **Ana:** Good morning everybody.'), md);
    assert.ok(md.includes('[0:12](play:12) **Ben:** Hello Ana, hello all.'), md);
  });

  it('name the people of the recording, the title that was given, and no addresses', () => {
    const people = [
      { recordingId: recording.id, names: ['Ana', 'Ben', 'Cleo'] },
      { recordingId: 'another', names: ['Somebody else'] },
    ];
    const [vtt = '', md = ''] = written({ people, title: 'Kick-off' });
    assert.match(md, /^md: # Kick-off\n\n.+ · Ana, Ben, and Cleo\n\n/);
    assert.doesNotMatch(vtt + md, /example\.test|Somebody else/);
  });

  it('are not written of what is no transcript', () => {
    for (const other of ['', '<html>', '{}', 'null', '[{"id":1,"name":"Ana"}]']) {
      assert.throws(
        () =>
          transcriptFiles(other, {
            known: { bot, record: blankRecord(bot.id) },
            recording,
            defaultBotName: '',
            playFrom: () => '',
          }),
        { code: 'unreadable' },
        other,
      );
    }
  });
});
