import assert from 'node:assert/strict';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { peopleOf } from '../../../src/bots/people.ts';
import { peopleLine } from '../../../src/descriptions/peopleLine.ts';
import { botAnswer } from '../bots/botAnswers.ts';

describe('the people of a bot', () => {
  it('are named, and counted where they are many', () => {
    assert.equal(peopleLine([]), undefined);
    assert.equal(peopleLine(['Ana']), 'With Ana');
    assert.equal(peopleLine(['Ana', 'Ben']), 'With Ana and Ben');
    assert.equal(peopleLine(['Ana', 'Ben', 'Cy']), 'With Ana, Ben, and Cy');
    assert.equal(peopleLine(['Ana', 'Ben', 'Cy', 'Di']), 'With Ana, Ben, and 2 others');
  });

  it('are those of all recordings, each once and on one line, without the bot', () => {
    const bot = botAnswer({ name: 'Notetaker' });
    const people = [
      { recordingId: 'recording-1', names: ['Ana', 'Notetaker', 'Ben\u202e\nSmith', '\u200b'] },
      { recordingId: 'recording-2', names: ['Cy', 'Ana'] },
    ];
    assert.deepEqual(peopleOf({ bot, record: { ...blankRecord(bot.id), people } }), [
      'Ana',
      'Ben Smith',
      'Cy',
    ]);
  });
});
