import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  BadFilterError,
  isBlank,
  passesFilter,
  readFilter,
  readFilterSoFar,
} from '../../../src/descriptions/botFilter.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import type { BotRecord } from '../../../src/bots/botRecords.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { DONE, NINE, botAnswer } from '../bots/botAnswers.ts';

const AROUND = { now: new Date(2026, 10, 20, 12).getTime(), defaultName: 'Meeting Notetaker' };

describe('the filter of bots', () => {
  const bot = botAnswer({
    name: 'Weekly Sync',
    meetingUrl: { platform: 'google_meet', meeting_id: 'kqz-mwvp-trb' },
  });
  const saved = {
    recordingId: 'rec-1',
    artifactId: 'audio-1',
    path: '/home/ana/recordings/Plan B.mp3',
    bytes: 1,
  };
  const record: Partial<BotRecord> = {
    title: 'Überprüfung für Łódź',
    people: [{ recordingId: 'rec-1', names: ['Zoë Smith', 'Søren'] }],
  };
  const passes = (text: string, more: Partial<BotRecord> = record, of: Bot = bot): boolean =>
    passesFilter({ bot: of, record: { ...blankRecord(of.id), ...more } }, readFilter(text), AROUND);

  for (const text of [
    ...['weekly', 'SYNC', 'kqz', 'google meet', 'recording', 'bot-1', 'sync meet', '  ', ''],
    ...[
      'ÜBERPRÜFUNG',
      'uberprufung',
      'łódź',
      'LODZ',
      'zoe',
      'ZOË smith',
      'soren',
      'smith weekly überprüfung',
    ],
    ...['not:saved', 'weekly not:saved'],
  ]) {
    it(`finds it by "${text}"`, () => {
      assert.equal(passes(text), true);
    });
  }

  for (const text of ['zoom', 'weekly zoom', 'done', 'saved', 'weekly saved', 'plan']) {
    it(`does not find it by "${text}"`, () => {
      assert.equal(passes(text), false);
    });
  }

  it('finds what was saved, also by the name of the file and not by its folder', () => {
    const there = { saved: [saved] };
    for (const text of ['saved', 'plan', 'PLAN b', 'saved weekly'])
      assert.equal(passes(text, there), true, text);
    for (const text of ['not:saved', 'ana', 'recordings']) assert.equal(passes(text, there), false, text);
    assert.equal(passes('saved', { savedVideos: [saved] }), true);
  });

  it('finds by what the line says', () => {
    const done = botAnswer({ statuses: DONE, recordings: [{ audio: { code: 'done' } }] });
    assert.equal(passes('mp3 ready', {}, done), true);
    assert.equal(passes('ready', { saved: [saved] }, done), false);
  });

  describe('by date', () => {
    // Without a time zone, so that the day is that of the computer.
    const at = (time: string): Bot =>
      botAnswer({ statuses: [['in_call_recording', (new Date(time).getTime() - NINE) / 1000]] });

    for (const [text, time, wanted] of [
      ['after:2026-11-02', '2026-11-02T00:00', true],
      ['after:2026-11-02', '2026-11-01T23:59', false],
      ['before:2026-11-02', '2026-11-01T23:59', true],
      ['before:2026-11-02', '2026-11-02T00:00', false],
      ['after:2026-10 before:2026-11', '2026-10-31T23:59', true],
      ['after:2026-10 before:2026-11', '2026-11-01T00:00', false],
      ['after:2026', '2025-12-31T23:59', false],
      ['AFTER:2026-1-5', '2026-01-05T08:00', true],
      ['before:2026-11-02 before:2026-12-02', '2026-11-15T08:00', false],
    ] as const) {
      it(`${text} ${wanted ? 'lets' : 'does not let'} one of ${time} through`, () => {
        assert.equal(passes(text, {}, at(time)), wanted);
      });
    }

    it('lets no bot through whose time is not known', () => {
      const blank = { ...bot, statusChanges: [], recordings: [], joinAt: undefined };
      assert.equal(passes('after:2000', {}, blank), false);
      assert.equal(passes('before:2100', {}, blank), false);
    });

    for (const text of [
      'before:',
      'after:yesterday',
      'after:2026-13',
      'before:2026-02-30',
      'after:11/01/2026',
    ])
      it(`says what is wrong with ${text}`, () => {
        assert.throws(
          () => readFilter(`review ${text}`),
          (error) => error instanceof BadFilterError && error.message.includes(`“${text}”`),
        );
      });
  });

  it('finds a title by itself, in whatever script', () => {
    for (const title of [
      ...[
        'می‌خواهم',
        '👩‍💻 Demo',
        'Rück\u00ADblick',
        'ΠΡΟΣΩΠΙΚΟ',
        'İstanbul',
        'ﬁnance',
        '한국어 회의',
        'がぎぐ',
        'กำลัง',
      ],
      ...['Việt Nam', 'before lunch', '(a|b)* [c] \\d', "O'Neill & Søn"],
    ])
      assert.equal(passes(title, { title }), true, title);
    assert.equal(passes('προς', { title: 'ΠΡΟΣΩΠΙΚΟ' }), true);
  });

  it('finds any title by itself, and its words in any order', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    const isPlain = (title: string): boolean => !/before:|after:|saved/i.test(title.normalize('NFKD'));
    fc.assert(
      fc.property(text.filter(isPlain), (title) => {
        assert.equal(passes(title, { title }), true);
        assert.equal(passes(title.split(/\s+/).toReversed().join(' '), { title }), true);
      }),
    );
  });

  it('keeps letters apart that are no accents of each other', () => {
    assert.equal(passes('राम', { title: 'रमा' }), false);
    assert.equal(passes('กา', { title: 'กี' }), false);
    assert.equal(passes('か', { title: 'が' }), true);
  });

  it('finds by an ID or a good part of it, and not by chance', () => {
    const other = botAnswer({ id: '12ada3be-5040-4dab-8abe-00000000ada1' });
    for (const text of ['12ada3be', '12ADA3BE-5040', '00000000ada1'])
      assert.equal(passes(text, {}, other), true);
    for (const text of ['ada', '12', '5040']) assert.equal(passes(text, {}, other), false, text);
  });

  it('does not find every bot by the name that all of them have', () => {
    const named = botAnswer({ name: 'Meeting Notetaker' });
    for (const text of ['meeting', 'notetaker']) assert.equal(passes(text, {}, named), false, text);
  });

  it('counts a date that is not complete as a word while somebody types', () => {
    assert.deepEqual(readFilterSoFar('before: lunch').words, ['before:', 'lunch']);
    assert.deepEqual(readFilterSoFar('after:2026 x'), readFilter('after:2026 x'));
  });

  it('tells whether it leaves anything out', () => {
    for (const text of ['', ' \t', '\u0301', '\u200b']) assert.equal(isBlank(readFilter(text)), true, text);
    for (const text of ['a', 'saved', 'not:saved', 'before:2026', 'after:2026'])
      assert.equal(isBlank(readFilter(text)), false, text);
  });
});
