import { execFile } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startSimulator } from '../simulator/simulator.ts';
import { sampleMeeting } from '../ui/mainJob.ts';
import { signIn } from '../ui/useSession.ts';
import { waitFor } from '../ui/waiting.ts';
import { Workbench } from '../ui/workbench.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { packageExtension } from '../vscode/packaged.ts';
import { repositoryRoot } from '../vscode/repository.ts';
import { startServer } from '../vscode/server.ts';
import { makeTemporaryFolder } from '../vscode/temporaryFolder.ts';

/** How often VS Code is started anew; the first start, which fills caches, does not count. */
const ROUNDS = 9;
const OURS = 'recall-meeting-audio';
const EMPTY = 'empty-extension';

/** The windows that are measured. */
const cases = ['without a key', 'with a key, and a bot that is followed'] as const;

/** What was measured in one kind of window, in ms, one number a start. */
interface Times {
  /** Loading and activating, as VS Code itself measures it, by extension. */
  readonly activation: Readonly<Record<string, number[]>>;
  /** From the Enter that runs the first Send Bot to its first input, as the page sees it. */
  readonly firstSendBot: number[];
}

const { values: flags } = parseArgs({
  options: {
    /** The package of an earlier version, to be measured beside this one. */
    beside: { type: 'string' },
  },
});

const temporary = makeTemporaryFolder('bench-activation');
try {
  const ours = await packageExtension();
  const empty = await packageEmptyExtension(temporary.path);
  for (const which of cases) {
    const now = await measure([ours.vsix, empty], which);
    const before = flags.beside === undefined ? undefined : await measure([flags.beside, empty], which);
    reportActivation(which, now.activation, before?.activation);
    reportFirstSendBot(which, now.firstSendBot, before?.firstSendBot);
  }
  await reportSizes(join(ours.folder, 'dist'), ours.vsix);
} finally {
  temporary.remove();
}

/** An extension that does nothing, activated by the same event as ours. */
async function packageEmptyExtension(parent: string): Promise<string> {
  const folder = join(parent, 'empty');
  await mkdir(folder);
  const manifest = {
    name: EMPTY,
    displayName: 'Empty extension',
    description: 'Does nothing',
    publisher: 'meeting-audio',
    version: '0.0.1',
    license: 'MIT',
    engines: { vscode: '^1.105.0' },
    main: './extension.js',
    activationEvents: ['onStartupFinished'],
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), 'exports.activate = () => {};\n');
  await writeFile(join(folder, 'LICENSE'), 'MIT\n');
  await writeFile(join(folder, 'README.md'), '# Empty extension\n');
  const vsix = join(parent, 'empty.vsix');
  const vsce = join(repositoryRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsix];
  await promisify(execFile)(process.execPath, args, { cwd: folder });
  return vsix;
}

/** Starts VS Code again and again, with these extensions. */
async function measure(extensions: readonly string[], which: (typeof cases)[number]): Promise<Times> {
  const simulator = await startSimulator({ timeScale: 0 });
  const settings = { 'recall.apiBaseUrl': simulator.apiOrigin };
  const server = await startServer({ version: 'current', form: 'front', extensions, settings });
  // Tall enough to show the whole list of extensions at once.
  const viewport = { width: 1200, height: 3000 };
  const browser = await launchBrowser({ viewport, clipboardFor: [server.url] });
  try {
    const page = await browser.context.newPage();
    const workbench = await Workbench.open(page, server.url, { folder: temporary.path });
    const hasKey = which !== 'without a key';
    // Without a key that is what it asks for first.
    const firstInput = hasKey ? 'Send a bot' : 'Recall API key';
    if (hasKey) await sendBot(workbench);
    const times: Times = { activation: { [OURS]: [], [EMPTY]: [] }, firstSendBot: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      await workbench.reload();
      await workbench.runCommand('Developer: Show Running Extensions');
      for (const [name, list] of Object.entries(times.activation)) {
        const ms = await waitFor(`the activation time of ${name}`, () => activationTime(workbench, name));
        if (round > 0) list.push(ms);
      }
      const ms = await timeSendBot(workbench, firstInput);
      if (round > 0) times.firstSendBot.push(ms);
    }
    return times;
  } finally {
    await browser.close();
    await server.stop();
    await simulator.close();
  }
}

/**
 * From Enter to the input, in ms.
 *
 * @param firstInput how its title begins
 */
async function timeSendBot(workbench: Workbench, firstInput: string): Promise<number> {
  // Not awaited before the command runs.
  await workbench.page.evaluate(`void (globalThis.msOfSendBot = new Promise((resolve) => {
    let pressedAt;
    addEventListener('keydown', ({ key }) => { if (key === 'Enter') pressedAt = performance.now(); }, true);
    new MutationObserver((_, observer) => {
      const title = document.querySelector('.quick-input-widget .quick-input-title')?.textContent ?? '';
      if (pressedAt === undefined || !title.startsWith('${firstInput}')) return;
      observer.disconnect();
      resolve(performance.now() - pressedAt);
    }).observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
  }))`);
  await workbench.runCommand('Recall: Send Bot');
  await workbench.expectQuickInput({ title: new RegExp(`^${firstInput}`) });
  const ms = await workbench.page.evaluate<number>('globalThis.msOfSendBot');
  await workbench.cancelQuickInput();
  return Math.round(ms);
}

async function sendBot(workbench: Workbench): Promise<void> {
  await signIn({ workbench });
  await workbench.runCommand('Recall: Send Bot');
  await workbench.expectQuickInput({ title: /Send a bot/ });
  await workbench.answer(sampleMeeting.meetingUrl);
  await workbench.expectNotification(/is on its way/);
  await workbench.expectStatusBarItem('recall.live');
  await workbench.openSidebar('Explorer');
}

async function activationTime(workbench: Workbench, name: string): Promise<number | undefined> {
  const title = name === OURS ? 'Recall Meeting Audio' : 'Empty extension';
  const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: title });
  if ((await row.count()) === 0) return undefined;
  const match = /Activation:\s*(\d+)\s*ms/.exec(await row.first().innerText());
  return match ? Number(match[1]) : undefined;
}

function reportActivation(which: string, now: Times['activation'], before?: Times['activation']): void {
  const lists = { ...now, ...(before && { 'the version beside it': before[OURS] ?? [] }) };
  console.log(`A window ${which}: load and activate, as VS Code measures it, ${ROUNDS} starts, in ms:`);
  console.table(Object.entries(lists).map(([extension, list]) => ({ extension, ...spread(list) })));
  const [ours, empty] = [now[OURS] ?? [], now[EMPTY] ?? []].map((list) => spread(list).median);
  console.log(`${((ours ?? 0) / (empty ?? 0)).toFixed(1)} times the empty extension\n`);
}

function reportFirstSendBot(which: string, now: readonly number[], before?: readonly number[]): void {
  console.log(`From the first Send Bot of a window ${which} to its first input, ${ROUNDS} starts, in ms:`);
  const lists = { [OURS]: now, ...(before && { 'the version beside it': before }) };
  console.table(Object.entries(lists).map(([extension, list]) => ({ extension, ...spread(list) })));
}

function spread(list: readonly number[]): { min: number; median: number; max: number } {
  const sorted = list.toSorted((a, b) => a - b);
  return { min: sorted[0] ?? 0, median: medianOf(sorted), max: sorted.at(-1) ?? 0 };
}

function medianOf(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function reportSizes(dist: string, vsix: string): Promise<void> {
  const bytesOf = async (path: string): Promise<number> => (await stat(path)).size;
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const [entry, shared, product] = await Promise.all(
    ['extension.cjs', 'shared.cjs', 'product.cjs'].map((name) => bytesOf(join(dist, name))),
  );
  const atActivation = (entry ?? 0) + (shared ?? 0);
  const percent = Math.round((100 * atActivation) / (atActivation + (product ?? 0)));
  console.log(
    `Loaded at activation: ${kilobytes(atActivation)} (extension.cjs, shared.cjs), ${percent} % of the code`,
  );
  console.log(`Loaded when needed:   ${kilobytes(product ?? 0)} (product.cjs)`);
  console.log(`The package (VSIX):   ${kilobytes(await bytesOf(vsix))}`);
}
