import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleOptions, pageOptions } from '../../scripts/bundle.ts';
import { COMMANDS } from '../../src/host/names.ts';
import { mediaKinds } from '../../src/media/kinds.ts';
import { FIRST_BOT_NAME } from '../../src/bots/meetingTitle.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..', '..');

/** Everything that users get. A file that is to be in the package has to be named here. */
const packaged = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'THIRD_PARTY_NOTICES.txt',
  'dist/extension.cjs',
  'dist/player.css',
  'dist/player.js',
  'dist/product.cjs',
  'dist/shared.cjs',
  'l10n/bundle.l10n.json',
  'media/activity-bar.svg',
  'media/icon.png',
  'media/recording.schema.json',
  'media/walkthrough/get-mp3.svg',
  'media/walkthrough/send-bot.svg',
  'media/walkthrough/set-key.svg',
  'package.json',
  'package.nls.json',
];
/** Of the package as it is uploaded. */
const mostBytes = 250_000;
/** Of the code that VS Code waits for when it starts. */
const MOST_BYTES_AT_START = 50_000;

/** Keys of VS Code's own that `when` clauses here may use. */
const ownContextKeys = ['view', 'viewItem', 'focusedView', 'listFocus', 'inputFocus', 'false'];

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly restrictedConfigurations: readonly string[];
    };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly scope?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly order?: number;
}

describe('package.json', () => {
  let manifest: Manifest;
  let texts: Readonly<Record<string, string>>;

  before(async () => {
    manifest = (await readJson('package.json')) as Manifest;
    texts = (await readJson('package.nls.json')) as Record<string, string>;
  });

  it('has a text for every key in it, and package.nls.json has no other texts', () => {
    const used = stringsIn(manifest).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
    assert.deepEqual([...new Set(used)].toSorted(), Object.keys(texts).toSorted());
    for (const [key, text] of Object.entries(texts)) assert.notEqual(text.trim(), '', key);
  });

  it('leaves no text that a user reads untranslatable', () => {
    const { commands, configuration } = manifest.contributes;
    for (const { command, title } of commands) assert.match(title, /^%.+%$/, command);
    for (const [name, setting] of Object.entries(configuration.properties)) {
      assert.match(setting.markdownDescription ?? setting.description ?? '', /^%.+%$/, name);
    }
  });

  it('names only commands that exist, in menus and in links', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command);
    const inMenus = Object.values(manifest.contributes.menus)
      .flat()
      .map(({ command }) => command);
    const inLinks = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/command:(recall\.\w+)/g)].map((match) => match[1] ?? ''),
    );
    assert.deepEqual(
      [...inMenus, ...inLinks].filter((command) => !declared.includes(command)),
      [],
    );
  });

  it('names every command that the product runs, and no other', () => {
    const ofKinds = mediaKinds.flatMap(({ commands }) => Object.values(commands));
    const orders = mediaKinds.flatMap(({ order }) => (order ? [order.command] : []));
    assert.deepEqual(
      orders.filter((command) => !Object.values<string>(COMMANDS).includes(command)),
      [],
    );
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command).toSorted(),
      [...Object.values<string>(COMMANDS), ...ofKinds].toSorted(),
    );
  });

  it('asks only for context keys that somebody sets, and for values that they can have', async () => {
    const source = await readFile(join(root, 'src', 'host', 'contextKeys.ts'), 'utf8');
    const ours = [...source.matchAll(/^ +'(recall\.\w+)':/gm)].map((match) => match[1] ?? '');
    const everySource = await sources();
    for (const clause of whenClauses(manifest)) {
      for (const key of contextKeysIn(clause)) {
        if (ownContextKeys.includes(key)) continue;
        assert.ok(ours.includes(key), `${key} is in a when clause, but not in ContextKeyValues`);
        assert.match(
          everySource,
          new RegExp(`set\\(\\s*'${key.replace('.', '\\.')}'`),
          `${key} is never set`,
        );
      }
      const state = /recall\.botsView == (\w+)/.exec(clause)?.[1];
      if (state !== undefined)
        assert.match(source, new RegExp(`'recall\\.botsView':[^;]*'${state}'`), clause);
    }
  });

  it('shows in menus of the tree only for words that its items can have', async () => {
    const declarations = [...(await sources()).matchAll(/export type (?:Bot|Recording)Ability =([^;]+);/g)];
    assert.equal(declarations.length, 2);
    const abilities = declarations.flatMap((found) =>
      [...(found[1] ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1] ?? ''),
    );
    const ofMedia = mediaKinds.flatMap(({ abilities: own, line }) => [
      ...Object.values<string>({ ...own }),
      ...(line ? [line.ability] : []),
    ]);
    const words = [...new Set(['bot', 'recording', ...abilities, ...ofMedia])];
    const wanted = whenClauses(manifest).flatMap((clause) =>
      [...clause.matchAll(/viewItem =~ \/\\b(\w+)\\b\//g)].map((match) => match[1] ?? ''),
    );
    assert.ok(wanted.length > 0);
    assert.deepEqual(
      [...new Set(wanted)].filter((word) => !words.includes(word)),
      [],
    );
    assert.deepEqual(
      words.filter((word) => !wanted.includes(word)),
      [],
      'no menu has a use for these',
    );
  });

  it('lets no workspace decide where the API key is sent', () => {
    const { properties } = manifest.contributes.configuration;
    assert.equal(properties['recall.region']?.scope, 'application');
    assert.equal(properties['recall.apiBaseUrl']?.scope, 'application');
  });

  it('ignores every other setting of a workspace that is not trusted', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const settable = Object.entries(manifest.contributes.configuration.properties)
      .filter(([, { scope }]) => scope !== 'application')
      .map(([name]) => name);
    assert.equal(supported, 'limited');
    assert.deepEqual(restrictedConfigurations.toSorted(), settable.toSorted());
  });

  it('sends bots under the name that tells nothing of a meeting', () => {
    const { 'recall.botName': botName } = manifest.contributes.configuration.properties;
    assert.equal(botName?.default, FIRST_BOT_NAME);
  });

  it('gives each setting a scope, a default and a place in the order', () => {
    const settings = Object.entries(manifest.contributes.configuration.properties);
    for (const [name, setting] of settings) {
      assert.ok(setting.scope !== undefined && 'default' in setting, name);
    }
    const places = settings.map(([, { order }]) => order);
    assert.deepEqual(
      places.toSorted((a, b) => Number(a) - Number(b)),
      settings.map((_, index) => index + 1),
    );
  });

  it('is written against the oldest VS Code that it accepts', () => {
    const oldest = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode)?.[1];
    assert.ok(oldest !== undefined, manifest.engines.vscode);
    assert.equal(manifest.devDependencies['@types/vscode'], `~${oldest}.0`);
  });
});

describe('the package', function () {
  it('holds the files that users need, and no others', async () => {
    const main = join(root, 'dist', 'extension.cjs');
    if (!existsSync(main)) await run(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
    const vsce = join('node_modules', '@vscode', 'vsce', 'vsce');
    const { stdout } = await run(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root });
    assert.deepEqual(stdout.trim().split(/\r?\n/).toSorted(), packaged);
  });

  it('is small, needs nothing beside it, and brings no HTTP library along', async () => {
    const bundles = await Promise.all([bundle(), pageBundle()]);
    const outputFiles = bundles.flatMap((built) => built.outputFiles);
    const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    assert.deepEqual(
      inputs.filter((input) => /node_modules\/(undici|axios|node-fetch)\//.test(input)),
      [],
    );
    const outside = bundles
      .flatMap(({ metafile }) => Object.values(metafile.outputs))
      .flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));
    assert.deepEqual(
      [...new Set(outside)].filter((path) => path !== 'vscode' && !path.startsWith('node:')),
      [],
    );
    const others = packaged.filter((path) => !path.startsWith('dist/'));
    const contents = await Promise.all(others.map((path) => readFile(join(root, path))));
    const uploaded = [...contents, ...outputFiles.map((file) => file.contents)]
      .map((content) => deflateRawSync(content).length)
      .reduce((sum, size) => sum + size, 0);
    assert.ok(uploaded <= mostBytes, `compressed it has ${uploaded} bytes`);
  });

  it('takes a copy of the API of VS Code once, not for each file that uses it', async () => {
    const texts = (await bundle()).outputFiles.map(({ text }) => text).join('\n');
    assert.equal(texts.match(/require\("vscode"\)/g)?.length, 1);
  });

  it('is loaded for the smaller part: what activation needs does not bring the product along', async () => {
    const { outputFiles } = await bundle();
    const bytes = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents.length]));
    assert.deepEqual([...bytes.keys()].toSorted(), ['extension.cjs', 'product.cjs', 'shared.cjs']);
    const atStart = (bytes.get('extension.cjs') ?? 0) + (bytes.get('shared.cjs') ?? 0);
    assert.ok(atStart <= MOST_BYTES_AT_START, `it has ${atStart} bytes`);
    const required = (name: string): string[] => {
      const { text = '' } = outputFiles.find(({ path }) => basename(path) === name) ?? {};
      return [...text.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, file]) => file ?? '').toSorted();
    };
    assert.deepEqual(required('shared.cjs'), []);
    assert.deepEqual(required('extension.cjs'), ['./product.cjs', './shared.cjs']);
  });
});

function bundle() {
  return build({ ...bundleOptions({ minify: true, sourcemap: false }), absWorkingDir: root });
}

function pageBundle() {
  return build({ ...pageOptions({ minify: true, sourcemap: false }), absWorkingDir: root });
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(root, path), 'utf8')) as unknown;
}

/** All the code of the extension in one text. */
async function sources(): Promise<string> {
  const folder = join(root, 'src');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The conditions of menus, views, walkthrough steps and whatever else has some. */
function whenClauses(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
    if ((name === 'when' || name === 'enablement') && typeof field === 'string') return [field];
    if (name === 'completionEvents' && Array.isArray(field)) {
      return field.map(String).flatMap((event) => /^onContext:(.+)$/.exec(event)?.[1] ?? []);
    }
    return whenClauses(field);
  });
}

/** The left sides of a condition's comparisons. */
function contextKeysIn(clause: string): string[] {
  return clause
    .split(/&&|\|\|/)
    .map((term) => /^!?([\w.]+)/.exec(term.trim())?.[1] ?? term)
    .filter((key) => key !== 'true');
}
