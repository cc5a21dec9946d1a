import { execFile } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

const temporary = makeTemporaryFolder('bench-activation');
try {
  const ours = await packageExtension();
  const empty = await packageEmptyExtension(temporary.path);
  for (const which of cases) reportTimes(which, await measure([ours.vsix, empty], which));
  await reportSizes(join(ours.folder, 'dist', 'extension.cjs'), ours.vsix);
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

/** Milliseconds that VS Code itself measured for loading and activating, by extension, one number a start. */
async function measure(
  extensions: readonly string[],
  which: (typeof cases)[number],
): Promise<Record<string, number[]>> {
  const simulator = await startSimulator({ timeScale: 0 });
  const settings = { 'recall.apiBaseUrl': simulator.apiOrigin };
  const server = await startServer({ version: 'current', form: 'front', extensions, settings });
  // Tall enough to show the whole list of extensions at once.
  const browser = await launchBrowser({ viewport: { width: 1200, height: 3000 } });
  try {
    const page = await browser.context.newPage();
    const workbench = await Workbench.open(page, server.url, { folder: temporary.path });
    if (which !== 'without a key') await sendBot(workbench);
    const times: Record<string, number[]> = { [OURS]: [], [EMPTY]: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      await workbench.reload();
      await workbench.runCommand('Developer: Show Running Extensions');
      for (const [name, list] of Object.entries(times)) {
        const ms = await waitFor(`the activation time of ${name}`, () => activationTime(workbench, name));
        if (round > 0) list.push(ms);
      }
    }
    return times;
  } finally {
    await browser.close();
    await server.stop();
    await simulator.close();
  }
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

function reportTimes(which: string, times: Record<string, number[]>): void {
  const rows = Object.entries(times).map(([extension, list]) => {
    const sorted = list.toSorted((a, b) => a - b);
    return { extension, min: sorted[0], median: medianOf(sorted), max: sorted.at(-1) };
  });
  console.log(`A window ${which}: load and activate, as VS Code measures it, ${ROUNDS} starts, in ms:`);
  console.table(rows);
  const [ours = 0, empty = 0] = rows.map(({ median }) => median);
  console.log(`${(ours / empty).toFixed(1)} times the empty extension\n`);
}

function medianOf(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function reportSizes(bundle: string, vsix: string): Promise<void> {
  const kilobytes = async (path: string): Promise<string> =>
    `${((await stat(path)).size / 1000).toFixed(1)} kB`;
  console.log(`Loaded at activation: ${await kilobytes(bundle)}, which is the whole bundle (one file).`);
  console.log(`The package (VSIX):   ${await kilobytes(vsix)}`);
}
