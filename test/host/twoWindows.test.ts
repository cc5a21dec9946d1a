import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BotRecords } from '../../src/bots/botRecords.ts';
import { nodeStateFiles } from '../../src/state/stateFiles.ts';
import type { AddedBot } from '../simulator/controls.ts';
import type { OtherWindowRequest } from './otherWindow.ts';
import {
  assertSameBytes,
  download,
  failureOf,
  filesIn,
  run,
  secretName,
  setSetting,
  testKey,
  until,
  useRecall,
} from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

inTrustedFolder('two windows', () => {
  const recall = useRecall();
  const started: ChildProcess[] = [];

  beforeEach(async () => {
    await setSetting('recall.fileName', '{id}');
  });
  afterEach(async () => {
    for (const child of started.splice(0)) await kill(child);
  });

  it('do not download the same MP3 at the same time', async () => {
    const bot = bigBot();
    await downloadInOtherWindow(bot);
    const { code, message } = await failureOf('recall.downloadMp3', bot.id);
    assert.equal(code, 'busyElsewhere');
    assert.match(message, /another window/);
    assert.equal(mediaRequests().length, 1);
  });

  it('take over from each other when one of them is killed', async () => {
    const bot = bigBot();
    const other = await downloadInOtherWindow(bot);
    await kill(other);

    const [path] = await download(bot.id);
    await assertSameBytes(path, recall.simulator.mediaBytes(artifactOf(bot)));
    assert.deepEqual(await filesIn(join(recall.workspaceFolder, 'recordings')), [
      `${bot.id.slice(0, 8)}.mp3`,
    ]);
  });

  it('have the same API key: one that is set in another window counts here at once', async () => {
    const { access, simulator } = recall;
    const name = secretName(simulator.apiOrigin);
    simulator.acceptOnlyKeys(['a-newer-key']);
    await access.secrets.store(name, 'a-newer-key');
    await run('recall.refreshBots', {});
    await access.secrets.delete(name);
    assert.equal((await failureOf('recall.refreshBots', {})).code, 'noKey');
    await access.secrets.store(name, testKey);
  });

  it('have no API key any more when one of them has removed it, and say so when another one has a new key', async () => {
    const { access, simulator } = recall;
    await run('recall.refreshBots', {});
    await changeKeyInOtherWindow('removed');
    simulator.clearRequests();
    assert.equal((await failureOf('recall.refreshBots', {})).code, 'noKey');
    await changeKeyInOtherWindow('stored');
    await until('the new key of the other window is noticed', async () => {
      const { code, message } = await failureOf('recall.refreshBots', {});
      return code === 'keyChangedElsewhere' && message.includes('Reload this window');
    });
    assert.deepEqual(simulator.requests, []);

    await access.secrets.store(secretName(simulator.apiOrigin), testKey);
    await run('recall.refreshBots', {});
  });

  it('show the title that one of them gives a meeting, and not the bot that one of them takes off the list', async () => {
    const { access, simulator } = recall;
    const bots = ['One', 'Two'].map((name) => simulator.addBot({ name }).id);
    await run('recall.refreshBots', {});
    const labels = async (): Promise<unknown[]> => {
      const nodes = access.tree.getChildren().filter((node) => 'botId' in node && bots.includes(node.botId));
      const items = await Promise.all(nodes.map((node) => access.tree.getTreeItem(node)));
      return items.map(({ label }) => label).toSorted();
    };
    assert.deepEqual(await labels(), ['One', 'Two']);
    const ignore = (): void => undefined;
    const log = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
    const records = new BotRecords(access.globalStorageUri.fsPath, simulator.apiOrigin, nodeStateFiles, log);
    await records.change(bots[0] ?? '', () => ({ title: 'Budget' }));
    await records.change(bots[1] ?? '', () => ({ hidden: true }));
    await until('what the other window notes', async () => (await labels()).join() === 'Budget');
  });

  /** Tells of it in a process of its own, as a window does whose secrets are not shared with this one. */
  async function changeKeyInOtherWindow(change: 'stored' | 'removed'): Promise<void> {
    const { access, simulator } = recall;
    const child = startOther('otherWindowKey.ts', [
      access.globalStorageUri.fsPath,
      simulator.apiOrigin,
      change,
    ]);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  }

  function startOther(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    started.push(child);
    return child;
  }

  function bigBot(): AddedBot {
    return recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: 3_000_000 }] }] });
  }

  /** Starts it, and waits until it has asked for the file. */
  async function downloadInOtherWindow(bot: AddedBot): Promise<ChildProcess> {
    const folder = join(recall.workspaceFolder, 'recordings');
    const request: OtherWindowRequest = {
      url: recall.simulator.downloadUrl(artifactOf(bot)),
      folder,
      name: bot.id.slice(0, 8),
      identity: {
        botId: bot.id,
        recordingId: bot.recordings[0]?.id ?? '',
        artifactId: artifactOf(bot),
      },
    };
    recall.simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 100_000 });
    const child = startOther('otherWindow.ts', [JSON.stringify(request)]);
    const asked = recall.simulator.waitForRequest(({ origin }) => origin === 'media');
    const first = await Promise.race([asked, once(child, 'exit')]);
    assert.ok(!Array.isArray(first), 'the other window ended at once');
    return child;
  }

  function mediaRequests(): unknown[] {
    return recall.simulator.requests.filter(({ origin }) => origin === 'media');
  }
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function artifactOf(bot: AddedBot): string {
  return bot.recordings[0]?.audio[0] ?? '';
}
