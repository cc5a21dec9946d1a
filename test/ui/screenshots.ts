import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { BotSpec, RecordingSpec } from '../simulator/readyBots.ts';
import { repositoryRoot } from '../vscode/repository.ts';
import { themeSettings } from '../vscode/server.ts';
import { makeTemporaryFolder } from '../vscode/temporaryFolder.ts';
import { sampleMeeting, hasStatus } from './mainJob.ts';
import { sampleApiKey, startSession, type Session } from './session.ts';
import { PlayerPage } from './playerPage.ts';
import { signIn } from './useSession.ts';

const images = join(repositoryRoot, 'docs', 'images');
const savedBot = 'Weekly sync';
/** What stands at the top, the newest first; what comes behind is made up. */
const newest: readonly RecordingSpec[] = [
  savedBot,
  'Interview with Grace Kim',
  undefined,
  'Budget 2027: first look',
  'Mobile app planning',
  undefined,
  'Retrospective',
  'Data platform: weekly',
  'Customer support, review',
  'Jour fixe Warehouse',
  undefined,
  'Design review: search',
].map((title) => ({
  ...(title === undefined ? {} : { title }),
  ...(title === savedBot && { transcripts: 1 }),
  plays: 'whole',
  participants: ['Ana Lindqvist', 'Ben Okafor', 'Chiara Rossi', 'Emre Yılmaz'].map((name) => ({ name })),
}));
const notes = `Weekly sync

- The recording is in the folder recordings.
- Next time: the numbers of the pilot.
`;

console.log('Taking the pictures of the README.');
await mkdir(images, { recursive: true });
const parent = makeTemporaryFolder('pictures');
const session = await startSession({
  simulator: { keys: [sampleApiKey] },
  settings: { ...themeSettings('dark', 'current'), 'workbench.editor.empty.hint': 'hidden' },
  browser: { viewport: { width: 1100, height: 700 } },
  workspace: join(parent.path, 'meeting-notes'),
});
try {
  await takePictures(session);
} finally {
  await session.close();
  parent.remove();
}

async function takePictures(current: Session): Promise<void> {
  const { workbench, simulator, workspace, copy } = current;
  await writeFile(join(workspace, 'notes.txt'), notes);
  simulator.addManyBots({ count: 240, days: 40, recordings: Object.fromEntries(newest.entries()) });
  for (const bot of liveBots(Date.parse(simulator.time()))) simulator.addBot(bot);
  await signIn(current);
  await workbench.widenSidebar(150);
  await workbench.expectTreeRow(savedBot);
  await workbench.openFile('notes.txt');
  await workbench.page.locator('.view-line', { hasText: 'The recording is in' }).waitFor();
  await picture('sidebar');

  await copy(sampleMeeting.clipboard);
  await workbench.runCommand('Recall: Send Bot');
  await workbench.expectQuickInput({ message: /^Google Meet\./ });
  await picture('send-bot');
  await workbench.cancelQuickInput();

  await workbench.clickRowAction(savedBot, 'Download MP3');
  await workbench.expectNotification(/^Saved /);
  await workbench.expectNoNotification(/^MP3 of /);
  await workbench.expectTreeRow({ label: savedBot, description: hasStatus('Saved') });
  await workbench.contextMenu(savedBot);
  await workbench.clickContextMenuItem('Download Transcript');
  await workbench.expectNotification(/^Saved .*\.vtt/);
  await workbench.clearNotifications();
  await workbench.clickRow(savedBot);
  const player = await PlayerPage.of(workbench, new RegExp(savedBot));
  await player.lines('The new search went live').first().click();
  await player.expect({ isPlaying: true, spoken: /^So far nobody/ });
  await player.frame.press('body', 'k');
  await picture('player');
}

function liveBots(now: number): BotSpec[] {
  const joining = [{ code: 'joining_call' }, { code: 'in_waiting_room' }];
  const recording = [...joining, { code: 'in_call_not_recording' }, { code: 'in_call_recording' }];
  const before = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  return [
    {
      name: 'Board meeting',
      platform: 'microsoft_teams',
      statusChanges: recording,
      startedAt: before(13),
    },
    { name: 'Customer call', statusChanges: joining, startedAt: before(1) },
  ];
}

async function picture(name: string): Promise<void> {
  const path = join(images, `${name}.png`);
  await session.workbench.page.screenshot({ path, animations: 'disabled' });
  const { size } = await stat(path);
  console.log(`${relative(repositoryRoot, path)}  ${Math.round(size / 1000)} KB`);
}
