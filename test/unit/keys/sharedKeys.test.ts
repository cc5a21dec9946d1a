import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChangeSource } from '../../../src/state/changes.ts';
import { watchFolder } from '../../../src/state/folderWatch.ts';
import { KeyMarks } from '../../../src/keys/keyMarks.ts';
import { SharedKeys } from '../../../src/keys/sharedKeys.ts';
import type { KeyAnswer, KeyStorage, WindowMemory } from '../../../src/keys/sharedKeys.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import type { StateFileSystem } from '../../../src/state/stateFiles.ts';
import { quietLog } from '../bots/quietLog.ts';
import { VirtualClock } from '../bots/virtualClock.ts';
import { windowMemory } from './windowMemory.ts';

const origin = 'https://us-west-2.recall.ai';
const [oldKey, newKey] = ['key-one-0123456789', 'key-two-0123456789'];
const usable = (key: string): KeyAnswer => ({ state: 'usable', key });

/** What a browser keeps for all pages. */
interface BrowserStorage {
  text: string;
}

/** Secrets as a page of a browser-hosted VS Code keeps them: read once, and written back as a whole. */
class PageSecrets implements KeyStorage {
  readonly #browser: BrowserStorage;
  readonly #secrets: Record<string, string>;
  readonly #source = new ChangeSource<string>();
  readonly onDidChange = this.#source.changes;
  refusesToDelete = false;
  tells = true;

  constructor(browser: BrowserStorage) {
    this.#browser = browser;
    this.#secrets = JSON.parse(browser.text) as Record<string, string>;
  }

  get(name: string): Promise<string | undefined> {
    return Promise.resolve(this.#secrets[name]);
  }

  store(name: string, key: string, at = 0): Promise<void> {
    this.#secrets[name] = key;
    if (at > 0) this.#secrets[`${name} at`] = String(at);
    return this.#save(name);
  }

  storedAt(name: string): Promise<number | undefined> {
    const at = this.#secrets[`${name} at`];
    return Promise.resolve(at === undefined ? undefined : Number(at));
  }

  delete(name: string): Promise<void> {
    if (this.refusesToDelete) return Promise.reject(new Error('out of order'));
    Reflect.deleteProperty(this.#secrets, name);
    Reflect.deleteProperty(this.#secrets, `${name} at`);
    return this.#save(name);
  }

  #save(name: string): Promise<void> {
    this.#browser.text = JSON.stringify(this.#secrets);
    if (this.tells) this.#source.tell(name);
    return Promise.resolve();
  }
}

/** Secrets as a window of a desktop VS Code has them: a change made in one is passed on to the others when told to. */
class DesktopSecrets implements KeyStorage {
  static readonly windows = new Set<DesktopSecrets>();
  readonly secrets = new Map<string, string>();
  readonly #source = new ChangeSource<string>();
  readonly onDidChange = this.#source.changes;

  constructor() {
    for (const [name, key] of [...DesktopSecrets.windows][0]?.secrets ?? []) this.secrets.set(name, key);
    DesktopSecrets.windows.add(this);
  }

  get(name: string): Promise<string | undefined> {
    return Promise.resolve(this.secrets.get(name));
  }

  storedAt(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  store(name: string, key: string): Promise<void> {
    this.secrets.set(name, key);
    this.#source.tell(name);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.secrets.delete(name);
    this.#source.tell(name);
    return Promise.resolve();
  }

  /** Passes this window's secret on to the others. */
  passOn(name: string): void {
    const key = this.secrets.get(name);
    for (const other of DesktopSecrets.windows) {
      if (other === this) continue;
      if (key === undefined) other.secrets.delete(name);
      else other.secrets.set(name, key);
      other.#source.tell(name);
    }
  }
}

interface Window<Secrets extends KeyStorage> {
  readonly keys: SharedKeys;
  readonly secrets: Secrets;
  readonly memory: WindowMemory;
  /** How often it told of a change. */
  told: number;
}

describe('SharedKeys', () => {
  const log = quietLog();
  let folder: string;
  let clock: VirtualClock;
  let browser: BrowserStorage;
  let open: SharedKeys[];
  let ids: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shared-keys-'));
    clock = new VirtualClock(Date.parse('2026-03-02T09:00:00Z'));
    browser = { text: '{}' };
    open = [];
    ids = 0;
    DesktopSecrets.windows.clear();
  });

  afterEach(async () => {
    for (const keys of open) keys.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  describe('in a browser, where every page keeps its own secrets', () => {
    it('has what was stored, in this window and in one that is opened later', async () => {
      const a = await openPage();
      assert.equal(await a.keys.store(origin, oldKey), true);
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
      assert.deepEqual(await (await openPage()).keys.read(origin), usable(oldKey));
    });

    it('says that a key which is set elsewhere is not to be had here, until it is loaded anew', async () => {
      const [a, b] = [await openPage(), await openPage()];
      await a.keys.store(origin, oldKey);
      assert.deepEqual(await b.keys.read(origin), { state: 'changedElsewhere' });
      assert.equal(b.told, 1);
      assert.deepEqual(await (await openPage()).keys.read(origin), usable(oldKey));
    });

    it('does not go on with a key that was replaced elsewhere', async () => {
      const [a, b] = await twoPagesWithKey();
      await a.keys.store(origin, newKey);
      assert.deepEqual(await b.keys.read(origin), { state: 'changedElsewhere' });
      await a.keys.store(origin, oldKey);
      assert.deepEqual(await b.keys.read(origin), { state: 'changedElsewhere' });
      assert.equal(b.told, 1);
      assert.deepEqual(await (await openPage()).keys.read(origin), usable(oldKey));
    });

    it('counts a key as removed that was removed elsewhere, and brings no other secret back for it', async () => {
      const [a, b] = await twoPagesWithKey();
      await a.secrets.store('of another extension', 'a secret');
      await a.keys.remove(origin);
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
      assert.equal(b.told, 1);
      assert.equal(await b.secrets.get(origin), oldKey);
      assert.deepEqual(JSON.parse(browser.text), { 'of another extension': 'a secret' });
    });

    it('does not take the old key for the new one when a removed key is followed by another', async () => {
      const [a, b] = await twoPagesWithKey();
      await a.keys.remove(origin);
      await b.keys.read(origin);
      await a.keys.store(origin, oldKey);
      assert.deepEqual(await b.keys.read(origin), { state: 'changedElsewhere' });
      assert.equal(b.told, 2);
    });

    it('changes nothing elsewhere when the same key is stored again', async () => {
      const [a, b] = await twoPagesWithKey();
      await a.keys.store(origin, oldKey);
      assert.deepEqual(await b.keys.read(origin), usable(oldKey));
      assert.equal(b.told, 0);
      assert.equal(a.told, 1);
    });

    it('takes no key from a page that keeps its secrets in memory, as all do on some servers', async () => {
      const ownMemory = () => openPage(undefined, 'watched', { text: '{}' });
      const a = await ownMemory();
      await a.keys.store(origin, oldKey);
      const b = await ownMemory();
      assert.deepEqual(await b.keys.read(origin), { state: 'none' });
      await b.keys.store(origin, oldKey);
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
      assert.deepEqual(await b.keys.read(origin), usable(oldKey));
      await b.keys.remove(origin);
      assert.deepEqual(await a.keys.read(origin), { state: 'removed' });
    });

    it('has a key again that is set here after others changed or removed theirs', async () => {
      const [a, b] = await twoPagesWithKey();
      for (const change of [() => a.keys.store(origin, newKey), () => a.keys.remove(origin)]) {
        await change();
        assert.notEqual((await b.keys.read(origin)).state, 'usable');
        await b.keys.store(origin, oldKey);
        assert.deepEqual(await b.keys.read(origin), usable(oldKey));
        assert.deepEqual(await a.keys.read(origin), { state: 'changedElsewhere' });
      }
    });

    it('knows of changes since it was loaded for an origin that it is asked about later only', async () => {
      const gateway = 'https://gateway.example.com';
      const [a, b, c] = [await openPage(), await openPage(), await openPage()];
      await a.keys.store(gateway, oldKey);
      assert.deepEqual(await b.keys.read(gateway), { state: 'changedElsewhere' });
      await a.keys.remove(gateway);
      assert.deepEqual(await c.keys.read(gateway), { state: 'removed' });
    });

    it('does not remove a key from a page that has been open for longer', async () => {
      const gateway = 'https://gateway.example.com';
      browser.text = JSON.stringify({ [gateway]: oldKey });
      const [a, b] = [await openPage(), await openPage()];
      await a.keys.remove(gateway);
      await a.secrets.store('of another extension', 'a secret');
      assert.deepEqual(await b.keys.read(gateway), { state: 'removed' });
      assert.deepEqual(JSON.parse(browser.text), { 'of another extension': 'a secret' });
    });

    it('removes a removed key again at once when it is loaded, whatever the origin in use', async () => {
      const gateway = 'https://gateway.example.com';
      const a = await openPage();
      await a.keys.store(gateway, oldKey);
      const before = browser.text;
      await a.keys.remove(gateway);
      browser.text = before;
      await new Promise<string>((resolve) => {
        void openPage((secrets) => secrets.onDidChange(resolve));
      });
      assert.equal(browser.text, '{}');
    });

    it('removes a removed key again that another page has brought back', async () => {
      const [a, b] = await twoPagesWithKey();
      await a.keys.remove(origin);
      await b.secrets.store('of another extension', 'a secret');
      assert.match(browser.text, /key-one/);

      const c = await openPage();
      assert.deepEqual(await c.keys.read(origin), { state: 'removed' });
      assert.deepEqual(JSON.parse(browser.text), { 'of another extension': 'a secret' });
      assert.deepEqual(await (await openPage()).keys.read(origin), { state: 'removed' });
    });

    it('does not use a removed key that cannot be removed again', async () => {
      const a = await openPage();
      await a.keys.store(origin, oldKey);
      const before = browser.text;
      await a.keys.remove(origin);
      browser.text = before;

      const b = await openPage((secrets) => (secrets.refusesToDelete = true));
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
      assert.match(log.warnings.at(-1) ?? '', /could not be removed/);
    });

    it('notices a change at once, with nobody asking', async () => {
      const [a, b] = await twoPagesWithKey();
      const told = nextChange(b);
      await a.keys.remove(origin);
      assert.equal(await told, origin);
    });

    it('notices a change without a watch when it looks, and before it answers', async () => {
      const a = await openPage();
      await a.keys.store(origin, oldKey);
      const [b, c] = [await openPage(undefined, 'unwatched'), await openPage(undefined, 'unwatched')];
      for (const { keys } of [b, c]) await keys.read(origin);
      await a.keys.remove(origin);
      const told = nextChange(b);
      b.keys.look();
      await told;
      assert.equal(c.told, 0);
      assert.deepEqual(await c.keys.read(origin), { state: 'removed' });
    });

    it('tells once, of its own change too, however many signals come', async () => {
      const [a, b] = await twoPagesWithKey();
      const told = nextChange(b);
      await a.keys.remove(origin);
      await told;
      for (const { keys } of [a, b]) keys.look();
      for (const { keys } of [a, b]) await keys.read(origin);
      assert.deepEqual([a.told, b.told], [1, 1]);
    });

    it('does not take its own change for news where the storage does not tell of it', async () => {
      const a = await openPage();
      a.secrets.tells = false;
      await a.keys.store(origin, oldKey);
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
      await a.keys.remove(origin);
      assert.deepEqual(await a.keys.read(origin), { state: 'none' });
      assert.equal(a.told, 2);
    });

    it('takes a key up as soon as the storage shows it after all', async () => {
      const [a, b] = await twoPagesWithKey();
      await a.keys.store(origin, newKey);
      await b.keys.read(origin);
      b.secrets.tells = false;
      await b.secrets.store(origin, newKey);
      assert.deepEqual(await b.keys.read(origin), usable(newKey));
      assert.equal(b.told, 2);
    });

    it('goes by the storage when the file is half-written or unreadable, and recovers', async () => {
      const [a, b] = await twoPagesWithKey();
      const [name = ''] = await readdir(join(folder, 'keys'));
      const path = join(folder, 'keys', name);
      for (const text of [
        '',
        '{"changeId":"x","sto',
        '[]',
        '{"origin":"https://us-west-2.recall.ai","changeId":"","stored":false,"at":0}',
      ]) {
        await writeFile(path, text);
        assert.deepEqual(await b.keys.read(origin), usable(oldKey));
        assert.deepEqual(await (await openPage()).keys.read(origin), usable(oldKey));
      }
      await a.keys.remove(origin);
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
    });

    it('removes and stores keys where nothing can be written', async () => {
      await writeFile(join(folder, 'keys'), 'a file in the way');
      const a = await openPage();
      assert.equal(await a.keys.store(origin, oldKey), true);
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
      await a.keys.remove(origin);
      assert.deepEqual(await a.keys.read(origin), { state: 'none' });
      assert.match(log.warnings.join('\n'), /could not be told/);
    });

    it('has a key that is set where an older mark can be neither replaced nor removed', async () => {
      const a = await openPage(undefined, 'watched', browser, readOnlyAfter(1));
      a.secrets.tells = false;
      await a.keys.remove(origin);
      await clock.advance(1);
      assert.equal(await a.keys.store(origin, oldKey), true);
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
      assert.deepEqual(await (await openPage()).keys.read(origin), usable(oldKey));
    });

    it('keeps a key that was set through the same browser, but on another computer, after it was removed here', async () => {
      const [here] = await twoPagesWithKey();
      await here.keys.remove(origin);
      await clock.advance(1);
      const elsewhere = await mkdtemp(join(tmpdir(), 'shared-keys-'));
      try {
        const there = await openPage(undefined, 'watched', browser, nodeStateFiles, elsewhere);
        await there.keys.store(origin, newKey);
        const hereAgain = await openPage();
        assert.deepEqual(await hereAgain.keys.read(origin), usable(newKey));
        assert.match(browser.text, /key-two/);
        there.keys.dispose();
      } finally {
        await rm(elsewhere, { recursive: true, force: true });
      }
    });

    it('keeps the keys of origins apart', async () => {
      const [a, b] = await twoPagesWithKey();
      const gateway = 'https://gateway.example.com';
      await a.keys.store(gateway, newKey);
      await a.keys.remove(gateway);
      assert.deepEqual(await b.keys.read(origin), usable(oldKey));
      assert.equal(b.told, 0);
    });

    for (const known of ['when its extension host ends', 'only after its extension host has ended']) {
      it(`does not take its key for new when the extension host starts anew, with a change known ${known}`, async () => {
        const [a, b] = await twoPagesWithKey();
        if (known !== 'when its extension host ends') b.keys.dispose();
        await a.keys.store(origin, newKey);
        if (known === 'when its extension host ends') await b.keys.read(origin);
        const again = await restartExtensionHost(b);
        assert.deepEqual(await again.keys.read(origin), { state: 'changedElsewhere' });
        assert.deepEqual(await (await openPage()).keys.read(origin), usable(newKey));
      });
    }

    it('does not remove what others have stored when its extension host starts anew after a removal', async () => {
      const [a, b] = await twoPagesWithKey();
      await a.keys.remove(origin);
      await a.secrets.store('of another extension', 'a secret');
      const again = await restartExtensionHost(b);
      assert.deepEqual(await again.keys.read(origin), { state: 'removed' });
      assert.deepEqual(JSON.parse(browser.text), { 'of another extension': 'a secret' });
    });

    it('has its own key when the extension host starts anew, also one that was set since the page was loaded', async () => {
      const a = await openPage();
      assert.deepEqual(await (await restartExtensionHost(a)).keys.read(origin), { state: 'none' });
      const again = await restartExtensionHost(a);
      await again.keys.store(origin, newKey);
      const third = await restartExtensionHost(again);
      assert.deepEqual(await third.keys.read(origin), usable(newKey));
      await third.keys.remove(origin);
      await third.keys.store(origin, oldKey);
      assert.deepEqual(await (await restartExtensionHost(third)).keys.read(origin), usable(oldKey));
    });

    it('goes on when its memory fails', async () => {
      const memory: WindowMemory = {
        recall: () => undefined,
        note: () => Promise.reject(new Error('out of order')),
      };
      const keys = new PageSecrets(browser);
      const window = await openWindow(keys, true, 'watched', nodeStateFiles, folder, memory);
      await window.keys.store(origin, oldKey);
      assert.deepEqual(await window.keys.read(origin), usable(oldKey));
      assert.match(log.warnings.join('\n'), /could not be noted: Error: out of order/);
    });

    it('writes nothing of a key to the disk', async () => {
      const [a] = await twoPagesWithKey();
      await a.keys.store(origin, newKey);
      const [name = '', ...others] = await readdir(join(folder, 'keys'));
      assert.deepEqual([name, others], ['us-west-2.recall.ai.json', []]);
      const text = await readFile(join(folder, 'keys', name), 'utf8');
      assert.deepEqual(JSON.parse(text), {
        origin,
        changeId: `change-${ids}`,
        stored: true,
        at: clock.now(),
      });
    });
  });

  describe('in a desktop VS Code, whose storage tells all windows', () => {
    it('takes a change up when the storage tells of it, before or after the file', async () => {
      const [a, b] = await twoDesktopWindowsWithKey();
      await a.keys.store(origin, newKey);
      assert.deepEqual(await b.keys.read(origin), usable(oldKey), 'not passed on yet');
      a.secrets.passOn(origin);
      assert.deepEqual(await b.keys.read(origin), usable(newKey));
      await clock.advance(60_000);
      assert.deepEqual(await b.keys.read(origin), usable(newKey));
      assert.equal(b.told, 1);

      await b.secrets.store(origin, oldKey);
      b.secrets.passOn(origin);
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
      await new KeyMarks(folder, nodeStateFiles, log).write({
        origin,
        changeId: 'late',
        stored: true,
        at: 0,
      });
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
      await clock.advance(60_000);
      assert.deepEqual(await a.keys.read(origin), usable(oldKey));
    });

    it('tells once of a removal that comes both ways', async () => {
      const [a, b] = await twoDesktopWindowsWithKey();
      await a.keys.remove(origin);
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
      a.secrets.passOn(origin);
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
      assert.equal(b.told, 1);

      await a.keys.store(origin, newKey);
      a.secrets.passOn(origin);
      assert.deepEqual(await b.keys.read(origin), usable(newKey));
      assert.equal(b.told, 2);

      await a.secrets.delete(origin);
      a.secrets.passOn(origin);
      assert.deepEqual(await b.keys.read(origin), { state: 'none' });
      await a.keys.remove(origin);
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
      assert.equal(b.told, 3);
    });

    it('goes on with its own key where the storage never passes on that of another window or computer', async () => {
      const [a, b] = await twoDesktopWindowsWithKey();
      await a.keys.store(origin, newKey);
      await b.keys.read(origin);
      await clock.advance(60_000);
      assert.deepEqual(await b.keys.read(origin), usable(oldKey));
      assert.equal(b.told, 0);
    });

    it('does not take its own key for the new one when a key was removed elsewhere and set again', async () => {
      const [a, b] = await twoDesktopWindowsWithKey();
      await a.keys.remove(origin);
      await b.keys.read(origin);
      await a.keys.store(origin, newKey);
      assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
      a.secrets.passOn(origin);
      assert.deepEqual(await b.keys.read(origin), usable(newKey));
    });

    it('believes the storage of a window that has just been opened, whatever was marked', async () => {
      const [a] = await twoDesktopWindowsWithKey();
      await a.keys.remove(origin);
      // As a profile does that has another folder.
      await a.secrets.store(origin, newKey);
      const c = await openDesktopWindow();
      assert.deepEqual(await c.keys.read(origin), usable(newKey));
    });
  });

  async function openPage(
    prepare?: (secrets: PageSecrets) => unknown,
    watched: 'watched' | 'unwatched' = 'watched',
    storage = browser,
    files = nodeStateFiles,
    folderOfMarks = folder,
  ): Promise<Window<PageSecrets>> {
    const secrets = new PageSecrets(storage);
    prepare?.(secrets);
    return openWindow(secrets, true, watched, files, folderOfMarks);
  }

  /** The page stays as it is, with the secrets that it has. */
  async function restartExtensionHost({
    keys,
    secrets,
    memory,
  }: Window<PageSecrets>): Promise<Window<PageSecrets>> {
    keys.dispose();
    return openWindow(secrets, true, 'watched', nodeStateFiles, folder, memory);
  }

  async function openDesktopWindow(): Promise<Window<DesktopSecrets>> {
    return openWindow(new DesktopSecrets(), false, 'watched');
  }

  async function twoPagesWithKey(): Promise<[Window<PageSecrets>, Window<PageSecrets>]> {
    await (await openPage()).keys.store(origin, oldKey);
    return [await openPage(), await openPage()];
  }

  async function twoDesktopWindowsWithKey(): Promise<[Window<DesktopSecrets>, Window<DesktopSecrets>]> {
    const a = await openDesktopWindow();
    await a.keys.store(origin, oldKey);
    a.told = 0;
    return [a, await openDesktopWindow()];
  }

  async function openWindow<Secrets extends KeyStorage>(
    secrets: Secrets,
    windowsKeepOwnSecrets: boolean,
    watched: 'watched' | 'unwatched',
    files = nodeStateFiles,
    folderOfMarks = folder,
    memory = windowMemory(),
  ): Promise<Window<Secrets>> {
    let watching: Promise<void> = Promise.resolve();
    const keys = new SharedKeys({
      storage: secrets,
      marks: new KeyMarks(folderOfMarks, files, log),
      memory,
      watch: (path, onChange) => {
        if (watched === 'unwatched') return { start: () => Promise.resolve(), dispose: () => undefined };
        const watch = watchFolder(path, onChange, log);
        return { ...watch, start: () => (watching = watch.start()) };
      },
      clock,
      randomId: () => `change-${++ids}`,
      log,
      windowsKeepOwnSecrets,
    });
    open.push(keys);
    const window = { keys, secrets, memory, told: 0 };
    keys.changes(() => (window.told += 1));
    await watching;
    await keys.read(origin);
    return window;
  }

  /** A disk on which nothing can be changed any more after so many files were replaced. */
  function readOnlyAfter(replacements: number): StateFileSystem {
    let left = replacements;
    const refused = (): Promise<never> => Promise.reject(new Error('read-only'));
    return {
      ...nodeStateFiles,
      replace: (...args) => (left-- > 0 ? nodeStateFiles.replace(...args) : refused()),
      remove: refused,
    };
  }

  function nextChange({ keys }: Window<KeyStorage>): Promise<string> {
    return new Promise((resolve) => {
      const subscription = keys.changes((changed) => {
        subscription.dispose();
        resolve(changed);
      });
    });
  }
});
