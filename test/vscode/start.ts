import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSimulator } from '../simulator/simulator.ts';
import { packageExtension } from './packaged.ts';
import { repositoryRoot } from './repository.ts';
import { startServer } from './server.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

const run = promisify(execFile);
const workspace = join(repositoryRoot, '.demo', 'workspace');

console.log('Building the extension and starting VS Code. The first time this takes a minute.');
const { vsix } = await packageExtension();
await makeWorkspace();
const simulator = await startSimulator();
simulator.addSampleBots();
try {
  const settings = { 'recall.apiBaseUrl': simulator.apiOrigin };
  if (process.env.RECALL_START === 'desktop') await useDesktop(vsix, settings);
  else await useServed(vsix, settings);
} finally {
  await simulator.close();
}

/** Recordings that are downloaded stay in this folder. */
async function makeWorkspace(): Promise<void> {
  await mkdir(workspace, { recursive: true });
  const notes = join(workspace, 'notes.md');
  if (existsSync(notes)) return;
  await writeFile(
    notes,
    '# Meeting notes\n\nThe recordings go to the folder `recordings` beside this file.\n',
  );
}

/** Serves VS Code to a browser until Ctrl+C. */
async function useServed(vsixFile: string, settings: Record<string, unknown>): Promise<void> {
  const stopped = untilStopped();
  const server = await startServer({ version: 'current', form: 'front', extensions: [vsixFile], settings });
  try {
    console.log(`
Open  ${server.workbenchUrl({ folder: workspace })}

Recall.ai is simulated on this computer: any text will do as API key, and no meeting is joined.
Recordings go to ${workspace}
Ctrl+C ends it.`);
    await stopped;
    console.log('Stopping.');
  } finally {
    await server.stop();
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        resolve();
      });
    }
  });
}

/** Opens the desktop VS Code with settings and extensions of its own, until its window is closed. */
async function useDesktop(vsixFile: string, settings: Record<string, unknown>): Promise<void> {
  const profile = makeTemporaryFolder('code');
  const own = ['--user-data-dir', join(profile.path, 'user'), '--extensions-dir', join(profile.path, 'ext')];
  try {
    await mkdir(join(profile.path, 'user', 'User'), { recursive: true });
    await writeFile(join(profile.path, 'user', 'User', 'settings.json'), JSON.stringify(settings));
    await run('code', [...own, '--install-extension', vsixFile]);
    console.log('VS Code opens. Any text will do as API key. Close its window to end it.');
    await run('code', [...own, '--new-window', '--wait', workspace]);
  } finally {
    profile.remove();
  }
}
