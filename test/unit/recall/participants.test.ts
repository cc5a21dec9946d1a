import assert from 'node:assert/strict';
import { readParticipantNames } from '../../../src/recall/participants.ts';

describe('the names of participants', () => {
  it('are read in their order, each once, and nothing else of people is', () => {
    const people = [
      {
        id: 100,
        name: 'Ana',
        is_host: true,
        platform: 'desktop',
        extra_data: null,
        email: 'ana@example.com',
      },
      { id: 101, name: ' Ben\n', is_host: false },
      { id: 102, name: 'Ana' },
    ];
    assert.deepEqual(readParticipantNames(people), ['Ana', 'Ben']);
  });

  it('leave out who has none', () => {
    assert.deepEqual(
      readParticipantNames([{ id: 1, name: null }, { id: 2 }, { name: '  ' }, null, 'Ana', { name: 7 }]),
      [],
    );
  });

  it('are no e-mail addresses, under which some join', () => {
    const people = ['ana@example.com', 'Ana @ home', '+1 555 0100'].map((name) => ({ name }));
    assert.deepEqual(readParticipantNames(people), ['Ana @ home', '+1 555 0100']);
  });

  it('are left of names with an address', () => {
    const names = ['Ana <ana@example.com>', 'ana@example.com (guest)', 'Ben (ben@mail.example.org) Okafor'];
    assert.deepEqual(readParticipantNames(names.map((name) => ({ name }))), ['Ana', 'Ben Okafor']);
  });

  it('are bounded, in number and in length', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({ name: `${index} ${'x'.repeat(1_000)}` }));
    const names = readParticipantNames(many) ?? [];
    assert.equal(names.length, 500);
    assert.ok(names.every((name) => name.length <= 200));
  });

  it('are not there in anything but a list', () => {
    for (const answer of [undefined, null, {}, { results: [] }, 'Ana', 7])
      assert.equal(readParticipantNames(answer), undefined);
  });
});
