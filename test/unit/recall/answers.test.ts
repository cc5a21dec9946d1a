import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeBot } from '../../../src/descriptions/botDescription.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { refusal } from '../../../src/recall/apiErrors.ts';
import { readBot, readBotPage, readMediaItem, readMediaItemPage } from '../../../src/recall/bot.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { explainEnd } from '../../../src/recall/statusWords.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';

const folder = join(import.meta.dirname, 'answers');
const now = Date.parse('2026-07-01T09:00:00Z');

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

function bot(name: string): Bot {
  const found = readBot(read(name));
  assert.ok(found, name);
  return found;
}

function described(of: Bot): ReturnType<typeof describeBot> {
  const around = {
    now,
    download: undefined,
    onDisk: [],
    othersOnDisk: new Set<MediaKind>(),
    paused: undefined,
    defaultName: '',
  };
  return describeBot({ bot: of, record: blankRecord(of.id) }, around);
}

describe('answers as they occur', () => {
  for (const file of readdirSync(folder)) {
    it(`are read without harm: ${file}`, () => {
      const answer = read(file.replace('.json', ''));
      const page = readBotPage(answer);
      for (const found of [readBot(answer), ...(page?.items ?? [])]) {
        if (found) assert.match(described(found).detail, /\S/);
      }
      assert.doesNotThrow(() => readMediaItem(answer));
      assert.doesNotThrow(() => readMediaItemPage(answer));
    });
  }

  it('name every reason why bots failed in a sentence of its own', () => {
    const bots = readBotPage(read('bots-fatal-sub-codes'))?.items ?? [];
    const reasons = bots.map(({ statusChanges }) => explainEnd(statusChanges) ?? '');
    assert.ok(reasons.length > 10);
    assert.equal(
      new Set(reasons).size,
      new Set(bots.map(({ statusChanges }) => statusChanges.at(-1)?.subCode)).size,
    );
    for (const reason of reasons) assert.doesNotMatch(reason, /for another reason/);
  });

  it('tell a bot that recorded, paused and timed out from one that never recorded', () => {
    const { statusChanges } = bot('bot-paused-then-timeout');
    assert.match(
      explainEnd(statusChanges) ?? '',
      /^The bot left after a long time in the call in which it did not record/,
    );
  });

  it('say what Recall says of a blocked Zoom account and of a meeting out of reach', () => {
    assert.match(
      explainEnd(bot('bot-zoom-account-blocked').statusChanges) ?? '',
      /blocked.*another Zoom user/,
    );
    assert.match(explainEnd(bot('bot-zoom-meeting-not-accessible').statusChanges) ?? '', /country/);
  });

  it('are no tick for a recording that failed', () => {
    const { icon, detail, abilities } = described(bot('bot-recording-failed-svix'));
    assert.equal(icon.codicon, 'error');
    assert.match(detail, /^Recording failed/);
    assert.ok(!abilities.has('canDownload'));
  });

  for (const file of readdirSync(folder).filter((name) => /^error-\d/.test(name))) {
    it(`are put in a sentence for people: ${file}`, () => {
      const { status, body } = read(file.replace('.json', '')) as { status: number; body: string };
      const { message } = refusal({
        ...{ status, bodyText: body, origin: 'https://us-west-2.recall.ai', path: '/bot/x/' },
        ...{ retryAfterMs: undefined, redact: (text: string) => text },
      });
      assert.match(message, /^[A-Z].*[.)]$/);
      assert.doesNotMatch(message, /says: [a-z]+_[a-z_]+\.|<|\[object/);
    });
  }
});
