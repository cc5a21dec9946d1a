import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { repositoryRoot } from '../vscode/repository.ts';
import { makeTemporaryFolder } from '../vscode/temporaryFolder.ts';
import { playMainJob, sampleMeeting } from './mainJob.ts';
import { sampleApiKey, startSession } from './session.ts';

const results = join(repositoryRoot, '.demo');
/** Belongs to `npm start`. */
const kept = 'workspace';

/** Each step takes longer than the ten seconds between two looks of the extension, so that each is seen. */
const meeting = {
  startMs: 1_000,
  connectMs: 11_000,
  waitMs: 11_000,
  settleMs: 1_000,
  meetingMs: 15_000,
  shutDownMs: 1_000,
  processingMs: 8_000,
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.log('Stopped.');
    // What was started and made for the demo goes away when the process ends.
    process.exit(130);
  });
}

console.log('Building the extension and starting VS Code in a browser without a window.');
console.log('Recall.ai is simulated on this computer; the meeting takes about a minute.');
await emptyResults();
const parent = makeTemporaryFolder('demo');
const session = await startSession({
  simulator: { keys: [sampleApiKey], meeting },
  workspace: join(parent.path, 'meeting-notes'),
  screenshots: results,
});
try {
  const job = { apiKey: sampleApiKey, ...sampleMeeting };
  const say = (line: string): void => {
    console.log(line);
  };
  const { fileName } = await playMainJob(session.workbench, job, { say, statusSeen: () => undefined });
  await copyFile(join(session.recordings, fileName), join(results, fileName));
  console.log(`
The MP3 and a picture of each step are in ${relative(process.cwd(), results)}:`);
  for (const name of (await readdir(results)).filter((entry) => entry !== kept).sort()) say(`  ${name}`);
} finally {
  await session.close();
  parent.remove();
}

async function emptyResults(): Promise<void> {
  await mkdir(results, { recursive: true });
  for (const name of await readdir(results)) {
    if (name !== kept) await rm(join(results, name), { recursive: true });
  }
}
