import assert from 'node:assert/strict';
import { notedRecording, recordingNote } from '../../../src/transcripts/recordingNote.ts';
import { writeWebVtt } from '../../../src/transcripts/webVtt.ts';

describe('the recording that a WebVTT file is of', () => {
  const line = { startS: 0, endS: 1, speaker: 'Ana', text: 'NOTE recording=other', words: [] };

  it('is read as it was written', () => {
    assert.equal(notedRecording(writeWebVtt([line], [recordingNote('rec-1')])), 'rec-1');
  });

  it('is none when a cue says so', () => {
    assert.equal(notedRecording(writeWebVtt([line])), undefined);
    assert.equal(notedRecording('WEBVTT\n\nNOTE recording=../up\n'), undefined);
    assert.equal(notedRecording(''), undefined);
  });
});
