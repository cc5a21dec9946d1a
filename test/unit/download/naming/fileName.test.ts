import assert from 'node:assert/strict';
import { DEFAULT_FILE_NAME_PATTERN } from '../../../../src/download/naming/defaultPattern.ts';
import fc from 'fast-check';
import {
  cleanName,
  FILE_NAME_FIELDS,
  type FileNameFields,
  renderFileName,
  shortenedName,
  unknownFields,
} from '../../../../src/download/naming/fileName.ts';

const CASES = 10_000;
const FIELDS: FileNameFields = {
  date: new Date(2026, 2, 2, 9, 5),
  name: 'Weekly: planning',
  id: 'b0700000-0000-4000-8000-000000000001',
  platform: 'zoom',
};

const render = (pattern: string, changes: Partial<FileNameFields> = {}): string =>
  renderFileName(pattern, { ...FIELDS, ...changes });
const named = (name: string): string => render('{name}', { name });

describe('cleanName', () => {
  for (const [text, longestBytes, expected] of [
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['con', 4, 'con-'],
    // The sign behind a name that Windows reserves must have room as well.
    ['con', 3, 'co'],
    ['...', 9, 'recording'],
    ['a.b.', 9, 'a.b'],
  ] as const) {
    it(`makes ${expected} of ${text} with room for ${longestBytes} bytes`, () => {
      assert.equal(cleanName(text, longestBytes), expected);
    });
  }
});

describe('shortenedName', () => {
  for (const [name, longestBytes, expected] of [
    ['Weekly planning b0700000', 24, 'Weekly planning b0700000'],
    ['Weekly planning b0700000', 23, 'Weekly plannin b0700000'],
    ['Weekly planning b0700000', 10, 'W b0700000'],
    ['Weekly planning b0700000', 9, 'Weekly pl'],
    ['abcdefghijklmnop', 5, 'abcde'],
    ['a abcdefghijkl', 13, 'a abcdefghijk'],
    ['a abcdefghijklm', 6, 'a abcd'],
  ] as const) {
    it(`makes ${expected} of ${name} for ${longestBytes} bytes`, () => {
      assert.equal(shortenedName(name, longestBytes), expected);
    });
  }
});

describe('renderFileName', () => {
  it('follows the pattern, in local time', () => {
    assert.equal(render(DEFAULT_FILE_NAME_PATTERN), '2026-03-02 09-05 Weekly- planning b0700000');
    assert.equal(render('{platform}_{recording}.{part}'), 'zoom_1.1');
    assert.equal(render('{platform}{name}', { platform: '' }), 'Weekly- planning');
  });

  it('numbers recordings and parts only where there are several', () => {
    assert.equal(render('{id}', { recordingCount: 2, recording: 2 }), 'b0700000 recording 2');
    assert.equal(render('{id}', { partCount: 3, part: 2 }), 'b0700000 part 2');
    const both = { recordingCount: 2, recording: 2, partCount: 3, part: 1 };
    assert.equal(render('{id}', both), 'b0700000 recording 2 part 1');
    assert.equal(render('{id} r{recording}', both), 'b0700000 r2 part 1');
    assert.equal(render('{id} r{recording}p{part}', both), 'b0700000 r2p1');
  });

  it('names the fields it does not know', () => {
    assert.deepEqual(unknownFields('{date} {tme} {nmae} {tme}'), ['tme', 'nmae']);
    assert.deepEqual(unknownFields(FILE_NAME_FIELDS.map((field) => `{${field}}`).join('')), []);
    assert.throws(() => render('{tme} {nmae}'), {
      code: 'unknownField',
      message: 'The file name pattern holds unknown fields: {tme}, {nmae}.',
    });
    assert.equal(render('{} { {date'), '{} { {date');
  });

  it('keeps a field that a name contains as it is', () => {
    assert.equal(named('{date} $& $1'), '{date} $& $1');
  });

  const cleaned: readonly [string, string][] = [
    ['a/b\\c|d:e', 'a-b-c-d-e'],
    ['"what" <is> this*?', 'what is this'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['  a \t\n b  ', 'a b'],
    ['a\u0000b\u001bc\u007fd', 'abcd'],
    ['safe\u202egpj.exe', 'safegpj.exe'],
    ['a\u2028b\u200bc\ufeffd', 'a bc d'],
    ['e\u0301', '\u00e9'],
    ['\ud800x', 'x'],
    ['name...', 'name'],
    ['name . .', 'name'],
    ['.hidden', 'hidden'],
    ['', 'recording'],
    ['...', 'recording'],
    ['\u202e\u0000', 'recording'],
    ['CON', 'CON-'],
    ['con.backup', 'con-.backup'],
    ['nul ', 'nul-'],
    ['COM1', 'COM1-'],
    ['lpt\u00b9.x', 'lpt\u00b9-.x'],
    ['console', 'console'],
    ['COM12', 'COM12'],
    ['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'],
    ['会议 встреча', '会议 встреча'],
  ];
  for (const [name, expected] of cleaned) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(name)}`, () => {
      assert.equal(named(name), expected);
    });
  }

  it('shortens the name first, so that date and id stay', () => {
    const rendered = render(DEFAULT_FILE_NAME_PATTERN, { name: 'x'.repeat(500) });
    assert.match(rendered, /^2026-03-02 09-05 x+ b0700000$/);
    assert.equal(Buffer.byteLength(rendered), 180);
  });

  it('has the title where the pattern says so, and the name where there is no title', () => {
    assert.equal(render('{title}', { title: 'Plans: 2026' }), 'Plans- 2026');
    assert.equal(render('{title}, {name}', { title: 'Plans' }), 'Plans, Weekly- planning');
    assert.equal(render('{title}'), 'Weekly- planning');
  });

  it('shortens the longer one of title and name first', () => {
    const [long, short] = ['x'.repeat(300), 'y'.repeat(20)];
    for (const fields of [
      { title: long, name: short },
      { title: short, name: long },
    ])
      assert.match(render('{title} {name} {id}', fields), /^(x{150} y{20}|y{20} x{150}) b0700000$/);
    const both = render('{title} {name} {id}', { title: 'x'.repeat(300), name: 'y'.repeat(200) });
    assert.match(both, / b0700000$/);
    assert.ok(Buffer.byteLength(both) <= 180);
  });

  it('keeps the numbers at the end of a name that is too long', () => {
    const rendered = render('{name}', { name: 'ü'.repeat(500), partCount: 2, part: 2 });
    assert.match(rendered, /^ü+ part 2$/);
    assert.ok(Buffer.byteLength(rendered) <= 180);
  });

  it('does not cut what is seen as one letter in two', () => {
    const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
    const rendered = named(family.repeat(30));
    assert.equal(rendered.length % family.length, 0);
    assert.ok(rendered.startsWith(family));
  });

  /** Text as people, other systems and ill-wishers make it. */
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom(
        ...'./\\ :*?"<>|\u0000\u001f\u007f\u202e\u2066\u200d\ud83d-aA{}$1\u0301'.split(''),
      ),
      maxLength: 300,
    }),
    fc
      .tuple(
        fc.constantFrom('con', 'PRN', 'aux', 'NUL', 'com0', 'LPT9', 'CONIN$'),
        fc.string({ maxLength: 5 }),
      )
      .map((parts) => parts.join('')),
  );
  const anyFields: fc.Arbitrary<FileNameFields> = fc.record({
    date: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(253_402_300_799_999) }),
    name: anyText,
    title: anyText,
    id: anyText,
    platform: anyText,
    recording: fc.integer({ min: 1, max: 99 }),
    recordingCount: fc.integer({ min: 1, max: 99 }),
    part: fc.integer({ min: 1, max: 99 }),
    partCount: fc.integer({ min: 1, max: 99 }),
  });
  const anyPattern = fc
    .array(fc.oneof(fc.constantFrom(...FILE_NAME_FIELDS.map((field) => `{${field}}`)), anyText), {
      maxLength: 8,
    })
    .map((parts) => parts.join(''))
    .filter((pattern) => unknownFields(pattern).length === 0);

  it(`makes a name that every system takes, of anything (${CASES} cases)`, function () {
    fc.assert(
      fc.property(anyPattern, anyFields, (pattern, fields) => {
        const rendered = renderFileName(pattern, fields);
        assertFit(rendered);
        assert.equal(renderFileName(pattern, fields), rendered);
      }),
      { numRuns: CASES },
    );
  });

  it(`changes nothing about a name that is clean (${CASES} cases)`, function () {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = cleanName(text);
        assertFit(once);
        assert.equal(cleanName(once), once);
      }),
      { numRuns: CASES },
    );
  });
});

function assertFit(name: string): void {
  const shown = JSON.stringify(name);
  assert.ok(name.length > 0, 'empty');
  assert.ok(Buffer.byteLength(name) <= 180, `${shown} is too long`);
  assert.doesNotMatch(name, /[/\\:*?"<>|]/, shown);
  assert.doesNotMatch(name, /\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u, shown);
  assert.doesNotMatch(name, /^[. ]|[. ]$/, shown);
  assert.doesNotMatch(name, /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)/i, shown);
  assert.ok(name.isWellFormed(), shown);
  assert.equal(name.normalize('NFC'), name, shown);
}
