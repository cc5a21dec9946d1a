import type { TreeRow } from './pageContent.ts';
import { waitFor } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** What the main job is played with. */
export interface MainJob {
  readonly apiKey: string;
  /** What is on the clipboard: a Google Meet link, alone or in an invitation. */
  readonly clipboard: string;
  /** The link in it. */
  readonly meetingUrl: string;
  /** What the tree calls the meeting, before its status. */
  readonly meetingName: string;
}

/** What happens beside the main job while it is played. */
export interface MainJobWatcher {
  /** Told what is done or seen next, in a sentence. */
  say(line: string): void;
  /** Told each new status that the tree shows, without its time; here the meeting may be taken a step further. */
  statusSeen(status: string): void;
}

/** What playing the main job came to. */
export interface PlayedMainJob {
  /** What the tree said about the bot, each new status once, in order. */
  readonly statuses: readonly string[];
  /** The name of the file that was saved. */
  readonly fileName: string;
}

/** A meeting on Google Meet to play the main job with. */
export const sampleMeeting = {
  clipboard: 'Project kick-off, today. Join: https://meet.google.com/kqz-mwvp-trb or by phone.',
  meetingUrl: 'https://meet.google.com/kqz-mwvp-trb',
  meetingName: 'Google Meet',
} as const;

// A meeting that is played in real time takes a while, and Recall is asked every ten seconds only.
const meetingWithinMs = 600_000;

/**
 * Plays the main job by keystrokes, from no key at all to the MP3 in the folder, with a picture of each step: set the
 * API key, send a bot to the link on the clipboard, follow it in the tree, download when it is ready.
 * @throws WaitError when VS Code does not show what it should
 */
export async function playMainJob(
  workbench: Workbench,
  job: MainJob,
  watcher: MainJobWatcher,
): Promise<PlayedMainJob> {
  await workbench.openSidebar('Recall');
  await workbench.expectWelcomeButton('Set API Key');
  await workbench.screenshot('welcome');
  watcher.say('Recall: Set API Key. The key is pasted, checked, and kept in secret storage.');
  await setApiKey(workbench, job.apiKey);
  watcher.say('Recall: Send Bot. The meeting link is on the clipboard, so it is the command and Enter.');
  await sendBot(workbench, job);
  watcher.say('The tree follows the bot:');
  const statuses = await followBot(workbench, job.meetingName, watcher);
  watcher.say('The MP3 is ready; a notification offers to download it.');
  const fileName = await download(workbench, job.meetingName);
  watcher.say(`Saved ${fileName}.`);
  await workbench.clickRow(job.meetingName);
  await workbench.expectAudioPlayer(fileName);
  await workbench.screenshot('audio-player');
  watcher.say('A click on the bot opens the MP3 in the audio player.');
  return { statuses, fileName };
}

async function setApiKey(workbench: Workbench, apiKey: string): Promise<void> {
  await workbench.runCommand('Recall: Set API Key');
  await workbench.expectQuickInput(/API key/);
  await workbench.pasteInQuickInput(apiKey);
  await workbench.screenshot('set-api-key');
  await workbench.acceptQuickInput();
  await workbench.expectNotification(/The API key for .* works/);
  await workbench.expectNoNotification(/^Checking/);
  await workbench.expectWelcomeButton('Send Bot');
  await workbench.screenshot('api-key-set');
  await workbench.clearNotifications();
}

async function sendBot(workbench: Workbench, job: MainJob): Promise<void> {
  await workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(job.clipboard)})`);
  await workbench.runCommand('Recall: Send Bot');
  await workbench.expectQuickInput({ message: /^Google Meet\./, value: job.meetingUrl });
  await workbench.screenshot('send-bot');
  await workbench.acceptQuickInput();
  await workbench.expectNotification(/ is on its way to Google Meet\.$/);
  await workbench.expectNoNotification(/^Sending/);
  await workbench.expectTreeRow(job.meetingName);
  await workbench.screenshot('bot-sent');
}

async function followBot(
  workbench: Workbench,
  meetingName: string,
  watcher: MainJobWatcher,
): Promise<string[]> {
  const statuses: string[] = [];
  await waitFor(
    'The MP3',
    async () => {
      const row = (await workbench.treeRows()).find(({ label }) => label === meetingName);
      const status = row === undefined ? undefined : statusOf(row);
      if (status === undefined || status === statuses.at(-1)) return undefined;
      statuses.push(status);
      watcher.say(`  ${status}`);
      await workbench.screenshot(`tree-${status.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`);
      watcher.statusSeen(status);
      return status === 'MP3 ready' ? true : undefined;
    },
    { withinMs: meetingWithinMs, describe: () => Promise.resolve(statuses) },
  );
  return statuses;
}

/** For the description of a row: whether it says that the bot is in this state. */
export function hasStatus(status: string): (description: string) => boolean {
  return (description) => statusOf({ description }) === status;
}

/** What the row says of the bot's state, without times and durations. */
export function statusOf({ description }: Pick<TreeRow, 'description'>): string {
  return (description.split(/ · |, /)[0] ?? '').replace(/ \d+:\d\d(:\d\d)?$/, '');
}

async function download(workbench: Workbench, meetingName: string): Promise<string> {
  await workbench.expectNotification(/^The MP3 of .* is ready\.$/);
  await workbench.screenshot('mp3-ready');
  await workbench.clickNotificationButton(/^The MP3 of .* is ready\.$/, 'Download');
  await workbench.expectNotification(/^Saved .*\.mp3 /);
  await workbench.expectNoNotification(/^MP3 of /);
  await workbench.expectTreeRow({ label: meetingName, description: hasStatus('Saved') });
  await workbench.screenshot('saved');
  return savedFile(await workbench.notificationsSoFar());
}

/** The name of the MP3 or video that was saved last, as it was told. */
export function savedFile(told: readonly string[]): string {
  const names = told.map((text) => /^Saved (.*\.mp[34]) /.exec(text)?.[1]);
  return names.findLast((name) => name !== undefined) ?? '';
}
