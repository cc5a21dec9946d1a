import assert from 'node:assert/strict';
import { formatPartState, parsePartState, sameIdentity } from '../../../src/download/partState.ts';
import type { PartState } from '../../../src/download/partState.ts';

const identity = { botId: 'bot', recordingId: 'recording', artifactId: 'artifact' };
const machine = { host: 'computer', boot: 'this one' };
const whole: PartState = {
  identity,
  owner: { ...machine, pid: 4711, token: 'a token', start: 'then' },
  writtenOn: machine,
  flushedBytes: 123,
  updatedAt: '2026-03-02T09:00:00.000Z',
  etag: '"etag"',
  lastModified: 'Mon, 02 Mar 2026 09:00:00 GMT',
  totalBytes: 1000,
  publishingAs: 'Weekly sync.mp3',
  placeHeld: true,
  complete: true,
  released: true,
};
const bare: PartState = {
  ...whole,
  owner: { ...whole.owner, start: undefined },
  etag: undefined,
  lastModified: undefined,
  totalBytes: undefined,
  publishingAs: undefined,
  placeHeld: false,
  complete: false,
  released: false,
};

/** The state as it lies on the disk, with something else in one place. */
function changed(path: string, value: unknown): string {
  const raw = JSON.parse(formatPartState(whole)) as Record<string, unknown>;
  const [first = '', second] = path.split('.');
  raw[first] = second === undefined ? value : { ...(raw[first] as object), [second]: value };
  return JSON.stringify(raw);
}

describe('The state of a part file', () => {
  it('is read as it was written', () => {
    for (const state of [whole, bare, { ...whole, flushedBytes: 0 }])
      assert.deepEqual(parsePartState(formatPartState(state)), state);
  });

  it('is none when it is damaged or of another version', () => {
    const texts = [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '1',
      formatPartState(whole).slice(0, -20),
      changed('version', 2),
    ];
    for (const text of texts) assert.equal(parsePartState(text), undefined, text);
  });

  const needed = [
    ...['identity', 'identity.botId', 'identity.recordingId', 'identity.artifactId'],
    ...['owner', 'owner.host', 'owner.boot', 'owner.pid', 'owner.token'],
    ...['writtenOn', 'writtenOn.host', 'writtenOn.boot', 'flushedBytes', 'updatedAt'],
  ];
  for (const path of needed) {
    it(`is none without its ${path}, or with something else there`, () => {
      for (const value of [undefined, null, true, [], path === 'flushedBytes' ? '1' : -1])
        assert.equal(parsePartState(changed(path, value)), undefined, String(value));
    });
  }

  it('is read without the kind of media, which version 0.1.0 did not note', () => {
    const ofKind = { ...whole, identity: { ...identity, kind: 'video_mixed' } };
    assert.deepEqual(parsePartState(formatPartState(ofKind)), ofKind);
    for (const value of [undefined, null, 7, []])
      assert.deepEqual(parsePartState(changed('identity.kind', value))?.identity, identity);
  });

  it('is none when its bytes or its process cannot be counted', () => {
    const numbers = [-1, 1.5, 2 ** 53, 1e300];
    for (const number of numbers) {
      assert.equal(parsePartState(changed('flushedBytes', number)), undefined, String(number));
      assert.equal(parsePartState(changed('owner.pid', number)), undefined, String(number));
      assert.equal(parsePartState(changed('totalBytes', number))?.totalBytes, undefined, String(number));
    }
    assert.equal(parsePartState(changed('owner.pid', 0)), undefined);
    assert.equal(parsePartState(changed('totalBytes', 2 ** 53 - 1))?.totalBytes, 2 ** 53 - 1);
  });

  it('takes for true only what says so, and for text only text', () => {
    for (const name of ['placeHeld', 'complete', 'released'] as const)
      for (const value of [1, 'true', null])
        assert.equal(parsePartState(changed(name, value))?.[name], false);
    for (const name of ['etag', 'lastModified', 'publishingAs'] as const)
      assert.equal(parsePartState(changed(name, 7))?.[name], undefined);
    assert.equal(parsePartState(changed('owner.start', 7))?.owner.start, undefined);
  });

  it('is about the same item of media when all ids are the same, whether its kind is noted or not', () => {
    assert.equal(sameIdentity(identity, { ...identity }), true);
    assert.equal(sameIdentity(identity, { ...identity, kind: 'video_mixed' }), true);
    for (const name of ['botId', 'recordingId', 'artifactId'] as const)
      assert.equal(sameIdentity(identity, { ...identity, [name]: 'another' }), false, name);
  });
});
