import { execFile } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

const temporary = makeTemporaryFolder('bench-activation');
try {
  const ours = await packageExtension();
  const empty = await packageEmptyExtension(temporary.path);
  const times = await measure([ours.vsix, empty]);
  await report(times, join(ours.folder, 'dist', 'extension.cjs'), ours.vsix);
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
async function measure(extensions: readonly string[]): Promise<Record<string, number[]>> {
  const server = await startServer({ version: 'current', form: 'front', extensions });
  // Tall enough to show the whole list of extensions at once.
  const browser = await launchBrowser({ viewport: { width: 1200, height: 3000 } });
  try {
    const page = await browser.context.newPage();
    const workbench = await Workbench.open(page, server.url, { folder: temporary.path });
    const times: Record<string, number[]> = { [OURS]: [], [EMPTY]: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      if (round > 0) await workbench.reload();
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
  }
}

async function activationTime(workbench: Workbench, name: string): Promise<number | undefined> {
  const title = name === OURS ? 'Recall Meeting Audio' : 'Empty extension';
  const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: title });
  if ((await row.count()) === 0) return undefined;
  const match = /Activation:\s*(\d+)\s*ms/.exec(await row.first().innerText());
  return match ? Number(match[1]) : undefined;
}

async function report(times: Record<string, number[]>, bundle: string, vsix: string): Promise<void> {
  const kilobytes = async (path: string): Promise<string> =>
    `${((await stat(path)).size / 1000).toFixed(1)} kB`;
  console.log(`Load and activate, as VS Code measures it, ${ROUNDS} starts, in ms:`);
  console.table(
    Object.entries(times).map(([extension, list]) => {
      const sorted = list.toSorted((a, b) => a - b);
      return { extension, min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
    }),
  );
  console.log(`Loaded at activation: ${await kilobytes(bundle)}, which is the whole bundle (one file).`);
  console.log(`The package (VSIX):   ${await kilobytes(vsix)}`);
}
