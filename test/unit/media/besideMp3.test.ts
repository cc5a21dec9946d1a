import assert from 'node:assert/strict';
import { blankRecord, withSaved } from '../../../src/bots/botRecords.ts';
import type { BotRecord, SavedMedia } from '../../../src/bots/botRecords.ts';
import { savedBeside } from '../../../src/media/besideMp3.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { TRANSCRIPT } from '../../../src/media/kinds/transcript.ts';

describe('what was saved with an MP3', () => {
  const nothing = { transcript: undefined, details: undefined };
  const saved = (recordingId: string, artifactId: string, path: string, beside?: string[]): SavedMedia => ({
    ...{ recordingId, artifactId, path, bytes: 5 },
    ...(beside && { beside }),
  });

  function recordOf(mp3s: SavedMedia[], transcripts: SavedMedia[]): BotRecord {
    const blank = blankRecord('bot-1');
    const withMp3s = { ...blank, ...withSaved(MP3, blank, mp3s) };
    return { ...withMp3s, ...withSaved(TRANSCRIPT, withMp3s, transcripts) };
  }

  it('is known whatever it had to be called', () => {
    const record = recordOf(
      [saved('one', 'a', '/r/Talk.mp3', ['/r/Talk (3).json']), saved('two', 'b', '/r/Other.mp3')],
      [saved('one', 't', '/r/Talk (2).vtt', ['/r/Talk (2).md'])],
    );
    const others = blankRecord('bot-2');
    assert.deepEqual(savedBeside([others, record], '/r/Talk.mp3'), {
      ...{ artifactId: 'a', bytes: 5 },
      transcript: '/r/Talk (2).vtt',
      details: '/r/Talk (3).json',
    });
    assert.deepEqual(savedBeside([others, record], '/r/Other.mp3'), {
      ...nothing,
      artifactId: 'b',
      bytes: 5,
    });
  });

  it('is nothing of an MP3 that nobody knows', () => {
    assert.deepEqual(savedBeside([], '/r/Talk.mp3'), { ...nothing, artifactId: undefined, bytes: undefined });
  });

  it('is a transcript for the first part of a recording only, with which that begins', () => {
    const record: BotRecord = {
      ...recordOf(
        [saved('one', 'a', '/r/Talk part 1.mp3'), saved('one', 'b', '/r/Talk part 2.mp3')],
        [saved('one', 't', '/r/Talk part 1.vtt')],
      ),
      parts: [
        { recordingId: 'one', artifactId: 'a', partNumber: 1 },
        { recordingId: 'one', artifactId: 'b', partNumber: 2 },
      ],
    };
    assert.equal(savedBeside([record], '/r/Talk part 1.mp3').transcript, '/r/Talk part 1.vtt');
    assert.deepEqual(savedBeside([record], '/r/Talk part 2.mp3'), { ...nothing, artifactId: 'b', bytes: 5 });
  });
});
