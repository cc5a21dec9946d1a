import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions, pageOptions } from '../../../scripts/bundle.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

/** What of Node the product may use: nothing that starts a program, evaluates text or opens a connection. */
const allowed = ['crypto', 'fs', 'fs/promises', 'os', 'path', 'timers/promises'].map(
  (name) => `node:${name}`,
);

/** Words that stand for something that the product promises not to do. */
const forbidden: readonly [promise: string, word: RegExp][] = [
  [
    'text of a server is no HTML and runs no commands',
    /\b(isTrusted(?! = \{ enabledCommands: \[COMMANDS\.sendBotToLink\] \})|supportHtml|supportThemeIcons)\b/,
  ],
  ['there is no page with scripts but the player', /\b(createWebviewPanel|registerWebviewViewProvider)\b/],
  ['no program is started', /\b(createTerminal|executeTask|ShellExecution|ProcessExecution)\b/],
  ['no text is evaluated', /\beval\(|new Function\(|\bWebAssembly\b/],
  ['nothing is reported to anybody', /\b(createTelemetryLogger|TelemetryReporter)\b/],
  [
    'the key gets into no environment',
    /process\.env(\.\w+|\[[^\]]+\])\s*=[^=]|environmentVariableCollection/,
  ],
  [
    'certificates are always checked',
    /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|proxyStrictSSL\s*[=:]/,
  ],
];

describe('the code of the product', () => {
  let sources: ReadonlyMap<string, string>;

  before(async () => {
    const folder = join(root, 'src');
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    sources = new Map(names.map((name, index) => [name.replaceAll(sep, '/'), texts[index] ?? '']));
    assert.ok(sources.size > 50);
  });

  for (const [promise, word] of forbidden) {
    it(`keeps its word: ${promise}`, () => {
      assert.deepEqual(
        [...sources].filter(([, text]) => word.test(text)).map(([name]) => name),
        [],
      );
    });
  }

  it('lets a text run a command in one place, and only the one that always asks', () => {
    const places = [...sources].filter(([, text]) => text.includes('isTrusted')).map(([name]) => name);
    assert.deepEqual(places, ['views/meetingLinkHover.ts']);
  });

  it('fills one page with scripts, under a policy that lets it load nothing of others', () => {
    const pages = [...sources].filter(([, text]) => /enableScripts|webview\.html/.test(text));
    assert.deepEqual(
      pages.map(([name]) => name),
      ['player/playerEditor.ts'],
    );
    const page = sources.get('player/playerPage.ts') ?? '';
    const policy = [...page.matchAll(/^ {4}["`]([a-z]+-src .*)["`],$/gm)].map(([, rule]) => rule);
    assert.deepEqual(policy, [
      "default-src 'none'",
      'media-src ${webview.cspSource} blob:',
      'connect-src ${webview.cspSource}',
      'style-src ${webview.cspSource}',
      "script-src 'nonce-${nonce}'",
    ]);
  });

  it('has two doors to the network, and the page one to the MP3 that it plays', () => {
    const doors = [...sources].filter(([, text]) => /\bfetch\(/.test(text)).map(([name]) => name);
    assert.deepEqual(doors.toSorted(), [
      'download/mediaRequest.ts',
      'features/foundation.ts',
      // Under the policy of the page, which leads to the files of one folder only.
      'player/page/playableAddress.ts',
      'recall/transport.ts',
    ]);
    const others = /\b(XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b/;
    assert.deepEqual(
      [...sources].filter(([, text]) => others.test(text)).map(([name]) => name),
      [],
    );
  });

  it('brings along, with the packages in it, nothing that starts programs or opens connections', async () => {
    const { metafile } = await build({
      ...bundleOptions({ minify: false, sourcemap: false }),
      absWorkingDir: root,
      logLevel: 'silent',
    });
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external).map(({ path }) => path),
    );
    const unexpected = new Set(outside.filter((path) => path !== 'vscode' && !allowed.includes(path)));
    assert.deepEqual([...unexpected], []);
  });

  it('lets nothing in the page of the player make markup of a text, run a text, or open a connection', async () => {
    const { outputFiles } = await build({
      ...pageOptions({ minify: false, sourcemap: false }),
      absWorkingDir: root,
      logLevel: 'silent',
    });
    const code = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
    assert.match(code, /textContent/);
    const unwanted =
      /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval|Function|setAttributeNS|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|Worker)\s*[(=]/;
    assert.deepEqual(unwanted.exec(code)?.[0], undefined);
    assert.deepEqual(
      code.match(/\bfetch\(.*/g)?.map((call) => call.trim()),
      ['fetch(address, { headers: { Range: "bytes=0-0" }, signal });'],
    );
  });
});
