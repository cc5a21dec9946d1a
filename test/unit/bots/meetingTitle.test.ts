import assert from 'node:assert/strict';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { FIRST_BOT_NAME, botLabel, keptTitle, meetingTitle } from '../../../src/bots/meetingTitle.ts';
import { oneLine } from '../../../src/language/oneLine.ts';
import { botAnswer } from './botAnswers.ts';
import type { BotAnswer } from './botAnswers.ts';

const DEFAULT_NAME = 'Meeting Notetaker';

describe('what a meeting is called', () => {
  const titleOf = (answer: BotAnswer, byHand?: string): string | undefined =>
    meetingTitle({ bot: botAnswer(answer), record: { ...blankRecord('bot-1'), title: byHand } });
  const sentAlong = { metadata: { meeting_title: 'Sent along' } };
  const told = { recordings: [{ title: 'Told by Recall' }] };

  it('is what somebody named it here, before all else', () => {
    assert.equal(titleOf({ ...sentAlong, ...told }, 'By hand'), 'By hand');
  });

  it('is else what the bot was sent with', () => {
    assert.equal(titleOf({ ...sentAlong, ...told }), 'Sent along');
    assert.equal(titleOf({ ...sentAlong, ...told }, ''), 'Sent along');
  });

  it('is else what the platform calls it, by the newest recording that has a title', () => {
    assert.equal(titleOf(told), 'Told by Recall');
    assert.equal(titleOf({ recordings: [{ title: 'Old' }, { title: 'New' }, {}] }), 'New');
    assert.equal(titleOf({ metadata: { meeting_title: ' \u200b ' }, ...told }), 'Told by Recall');
  });

  it('is what the platform told once, when Recall has forgotten it', () => {
    const record = { ...blankRecord('bot-1'), toldTitle: 'Told once' };
    assert.equal(meetingTitle({ bot: botAnswer({ recordings: [{}] }), record }), 'Told once');
    assert.equal(meetingTitle({ bot: botAnswer(told), record }), 'Told by Recall');
    assert.equal(meetingTitle({ bot: botAnswer(sentAlong), record }), 'Sent along');
  });

  it('is not known where nobody has said it', () => {
    assert.equal(titleOf({ name: 'Weekly', recordings: [{}] }), undefined);
    assert.equal(titleOf({}), undefined);
  });

  it('is on one line, without what controls a terminal or turns the text', () => {
    assert.equal(titleOf({ recordings: [{ title: 'a\u202Eb\n\u0007c' }] }), 'a b c');
  });
});

describe('what a bot is called', () => {
  const labelOf = (answer: BotAnswer): string =>
    botLabel({ bot: botAnswer(answer), record: blankRecord('bot-1') }, DEFAULT_NAME);

  it('has the title of its meeting', () => {
    assert.equal(labelOf({ name: 'My notes', recordings: [{ title: 'Weekly sync' }] }), 'Weekly sync');
  });

  it('has its own name when it has one', () => {
    assert.equal(labelOf({ name: 'Weekly sync' }), 'Weekly sync');
  });

  it('has the meeting when its name is the one that all bots get', () => {
    const meetingUrl = { platform: 'google_meet', meeting_id: 'kqz-mwvp-trb' };
    assert.equal(labelOf({ name: DEFAULT_NAME, meetingUrl }), 'Google Meet kqz-mwvp-trb');
  });

  it('has the meeting when its name is the one that all bots got before somebody chose another', () => {
    const meetingUrl = { platform: 'google_meet', meeting_id: 'kqz-mwvp-trb' };
    const bot = botAnswer({ name: FIRST_BOT_NAME, meetingUrl });
    assert.equal(botLabel({ bot, record: blankRecord('bot-1') }, 'Notes of Ana'), 'Google Meet kqz-mwvp-trb');
  });

  it('has the name again when Recall has cleared the meeting', () => {
    assert.equal(labelOf({ name: DEFAULT_NAME, meetingUrl: null }), DEFAULT_NAME);
  });

  it('never shows control characters, turned text or more than a line', () => {
    assert.equal(labelOf({ name: 'a\u202Eb\n\u0007c' }), 'a b c');
    assert.equal(oneLine('x'.repeat(500)).length, 201);
  });
});

describe('a title that somebody typed', () => {
  it('is kept on one line, at a length that fits into metadata', () => {
    assert.equal(keptTitle('  Review\nof the quarter\u200b '), 'Review of the quarter');
    assert.ok(keptTitle('x'.repeat(10_000)).length <= 500);
    for (const length of [198, 199, 200, 499, 500])
      assert.ok(keptTitle(`${'x'.repeat(length)}😀 and more`).isWellFormed(), `${length}`);
  });

  it('keeps what joins emoji and letters, and no joiner that joins nothing', () => {
    assert.equal(keptTitle('👩\u200d💻 Standup'), '👩\u200d💻 Standup');
    assert.equal(keptTitle('می\u200cشود'), 'می\u200cشود');
    assert.equal(keptTitle(' \u200d Quar\u00adterly \u200c'), 'Quarterly');
    assert.equal(keptTitle('\u200d'), '');
  });
});
