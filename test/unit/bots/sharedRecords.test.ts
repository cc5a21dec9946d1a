import assert from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { SharedRecords } from '../../../src/bots/sharedRecords.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import { botAnswer } from './botAnswers.ts';
import { quietLog } from './quietLog.ts';

describe('what windows note of bots', () => {
  let folder: string;
  let store: BotStore;
  let origin: string;
  let shared: SharedRecords;
  const at = (address: string): BotRecords => new BotRecords(folder, address, nodeStateFiles, quietLog());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shared-records-'));
    origin = 'https://us-west-2.recall.ai';
    store = new BotStore();
    store.put([botAnswer({ id: 'bot-1' })]);
    shared = new SharedRecords(() => at(origin), store);
  });

  afterEach(async () => {
    shared.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Waits until the bot has this title in the window's store. */
  async function titled(title: string): Promise<void> {
    const changes = new EventEmitter();
    const subscription = store.changes(() => changes.emit('change'));
    while (store.get('bot-1')?.record.title !== title) await once(changes, 'change');
    subscription.dispose();
  }

  it('is known in one that begins later, and in one that is open', async () => {
    await at(origin).change('bot-1', () => ({ title: 'Before' }));
    await shared.begin();
    assert.equal(store.get('bot-1')?.record.title, 'Before');
    const heard = titled('After');
    await at(origin).change('bot-1', () => ({ title: 'After' }));
    await heard;
  });

  it('takes a bot off the list that was taken off in another one', async () => {
    await shared.begin();
    const changes = new EventEmitter();
    store.changes((change) => changes.emit(change.kind));
    const gone = once(changes, 'list');
    await at(origin).change('bot-1', () => ({ hidden: true }));
    await gone;
    assert.deepEqual(store.list(), []);
  });

  it('is that of the account in use', async () => {
    await shared.begin();
    const before = origin;
    origin = 'https://eu-central-1.recall.ai';
    await shared.begin();
    const heard = titled('Here');
    await at(before).change('bot-1', () => ({ title: 'There' }));
    await at(origin).change('bot-1', () => ({ title: 'Here' }));
    await heard;
    assert.equal(store.get('bot-1')?.record.title, 'Here');
  });

  it('is read anew when somebody asks for it, where nothing tells of changes', async () => {
    await at(origin).change('bot-1', () => ({ title: 'Before' }));
    await shared.read();
    assert.equal(store.get('bot-1')?.record.title, 'Before');
  });
});
