import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { AddedBot } from '../simulator/controls.ts';
import type { MediaFault } from '../simulator/faults.ts';
import { botWithRecordings, fatalBot, mediaExpiredBot, scheduledBot } from '../simulator/readyBots.ts';
import type { RecordedRequest } from '../simulator/recordedRequests.ts';
import {
  download,
  run,
  secretName,
  setSetting,
  testKey,
  theExtension,
  until,
  useRecall,
} from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const password = 'canaryPwd7QzXw9';
const meetingUrl = `https://us05web.zoom.us/j/90000004321?pwd=${password}.1`;
const email = 'canary.ana@example.com';
const inCall = {
  statusChanges: [{ code: 'joining_call' }, { code: 'in_call_not_recording' }, { code: 'in_call_recording' }],
};
/** These change the account that the others work with; they are used one by one. */
const ofTheAccount = ['recall.setApiKey', 'recall.removeApiKey', 'recall.selectRegion'];
const everyCommand = declaredCommands().filter((command) => !ofTheAccount.includes(command));

/** What must not be found anywhere, each with a name for the failure. */
const secrets: readonly [name: string, pattern: RegExp][] = [
  ['the API key', new RegExp(`${testKey}|${Buffer.from(testKey).toString('base64').replace(/=+$/, '')}`)],
  ['the meeting password', new RegExp(password)],
  ['a signature', /[?&;](Signature|X-Amz-Signature|AWSAccessKeyId|X-Amz-Credential)=[^.…\s]/i],
  ['a security token', /x-amz-security-token=[^.…\s]/i],
  ['the token of a list of people', /\/download\/\w+\?token=/],
  ['the address of somebody in a meeting', /canary\.ana@/],
];

// One simulator signs its URLs in the old form, one in the new.
for (const signatureVersion of [2, 4] as const) {
  inTrustedFolder(`secrets, with addresses of signature version ${signatureVersion}`, () => {
    const recall = useRecall({ simulator: { signatureVersion } });
    const said: string[] = [];

    before(async () => {
      await vscode.commands.executeCommand('_extensionTests.setLogLevel', 'trace');
    });
    after(async () => {
      await vscode.commands.executeCommand('_extensionTests.setLogLevel', 'info');
    });

    it('stay where they belong, whatever is done and whatever goes wrong', async () => {
      const requests = await doEverything();
      assertKeyOnlyInHeader(requests);
      assertMediaWithoutKey(requests);
      assertNothingIn(new Map([['error messages', said.join('\n')]]));
      assertNothingIn(new Map([['what was shown', everythingShown.join('\n')]]));
      assertNothingIn(new Map([['addresses opened in the browser', recall.shown.opened.join('\n')]]));
      assertNothingIn(new Map([['the clipboard', await vscode.env.clipboard.readText()]]));
      assertNothingIn(new Map([['the user settings', JSON.stringify(vscode.workspace.getConfiguration())]]));

      const files = await textsBelow([recall.workspaceFolder, dataFolder(), recall.access.logUri.fsPath]);
      const log = [...files].find(([path]) => path.endsWith('Recall.log'));
      assert.match(log?.[1] ?? '', /\[debug\]/, 'the log has no lines of the finer levels');
      assert.match(log?.[1] ?? '', /\[api\] POST/, 'the log has no requests');
      assert.match(log?.[1] ?? '', /\[download\] GET/, 'the log has no downloads');
      assertNothingIn(files);
    });

    const everythingShown: string[] = [];

    /** Every command with success, every kind of failure, as a script and as a person. */
    async function doEverything(): Promise<RecordedRequest[]> {
      const { simulator, access } = recall;
      simulator.acceptOnlyKeys([testKey]);
      const id = await attempt('recall.sendBot', { meetingUrl, joinAt: inOneHour() });
      await asPerson('recall.sendBot', meetingUrl);
      await until('the link is kept', async () =>
        ((await access.secrets.get('recall.recentMeetings')) ?? '').includes(meetingUrl),
      );
      recall.shown.answerNext({ press: 'Recent meetings…' });
      await asPerson('recall.sendBot');
      const ready = simulator.addBot({
        recordings: [{ audio: [{ sizeBytes: 400_000 }], participants: [{ name: 'Ana', email }] }],
      });
      const several = simulator.addBot(botWithRecordings({ recordings: 2, parts: 2 }));
      const bots = [
        ready,
        several,
        simulator.addBot(inCall),
        simulator.addBot(scheduledBot(inOneHour())),
        simulator.addBot(fatalBot()),
        simulator.addBot(mediaExpiredBot()),
      ];
      await asPerson('recall.refreshBots');
      await goThroughMediaFaults();
      await goThroughApiFaults(ready);
      for (const argument of [id, ...bots.map((bot) => bot.id), meetingUrl, { meetingUrl: testKey }]) {
        for (const command of everyCommand) await attempt(command, argument);
      }
      for (const command of everyCommand) await asPerson(command, ready.id);
      await leaveHalfADownload();
      await asPerson('recall.setApiKey', `${testKey}-but-wrong`);
      await asPerson('recall.setApiKey', testKey);
      await run('recall.showAllBots');
      await vscode.commands.executeCommand('recall.bots.focus');
      await until('the list was asked for', () =>
        simulator.requests.some(({ path }) => /^\/api\/v1\/bot\/(\?.*)?$/.test(path)),
      );
      await vscode.commands.executeCommand('workbench.view.explorer');
      await access.secrets.store(secretName(simulator.apiOrigin), testKey);
      await access.secrets.delete('recall.recentMeetings');
      noteShown();
      return [...simulator.requests];
    }

    async function goThroughMediaFaults(): Promise<void> {
      const faults: MediaFault[] = [
        { kind: 'cut', afterBytes: 100_000 },
        { kind: 'resetBeforeHeaders' },
        { kind: 'expired' },
        { kind: 'expiredToken' },
        { kind: 'noSuchKey' },
        { kind: 'status', status: 400 },
        { kind: 'status', status: 503, retryAfter: 0 },
        { kind: 'instead', contentType: 'text/html', body: '<html>' },
        { kind: 'redirect', url: 'http://media.example.com/a.mp3?Signature=abcdef&pwd=abc' },
        { kind: 'redirect', url: 'nonsense://?Signature=abcdef' },
      ];
      for (const fault of faults) {
        const { id } = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: 400_000 }] }] });
        recall.simulator.mediaFault(fault);
        await attempt('recall.downloadMp3', id);
        await attempt('recall.openMp3', id);
        recall.simulator.clearFaults();
      }
      const { id, recordings } = recall.simulator.addBot();
      const url = recall.simulator.downloadUrl(recordings[0]?.audio[0] ?? '');
      recall.simulator.mediaFault({ kind: 'redirect', url });
      await download(id);
    }

    /** An API that says what it was told, as gateways do. */
    async function goThroughApiFaults(bot: AddedBot): Promise<void> {
      const echo = `Token ${testKey} may not join ${meetingUrl}`;
      const headers = { 'Retry-After': '3600' };
      for (const status of [400, 401, 402, 403, 404, 405, 409, 418, 429, 500, 503, 507]) {
        for (const body of [{ detail: echo }, { meeting_url: [echo] }, `<html>${echo}</html>`]) {
          recall.simulator.failNext({ status, headers, body, times: 'always' });
          await attempt('recall.sendBot', { meetingUrl });
          await attempt('recall.downloadMp3', bot.id);
          recall.simulator.clearFaults();
        }
      }
      const redirected = { Location: `${recall.simulator.mediaOrigin}/?key=x` };
      recall.simulator.failNext({ status: 302, headers: redirected, body: '', times: 'always' });
      await attempt('recall.sendBot', { meetingUrl });
      await attempt('recall.downloadMp3', bot.id);
      recall.simulator.clearFaults();
      recall.simulator.failNext({ status: 200, body: { meeting_url: meetingUrl, id: 7 }, times: 'always' });
      await attempt('recall.sendBot', { meetingUrl });
      await attempt('recall.refreshBots', {});
      recall.simulator.clearFaults();
      recall.simulator.apiFault({ kind: 'reset', path: `/bot/${bot.id}/` });
      await attempt('recall.downloadMp3', bot.id);
      await setSetting('recall.apiBaseUrl', `https://user:${password}@example.com`, 'user');
      await attempt('recall.downloadMp3', bot.id);
      await setSetting('recall.apiBaseUrl', recall.simulator.apiOrigin, 'user');
    }

    /** Part files and their state stay behind, for the search. */
    async function leaveHalfADownload(): Promise<void> {
      const { id } = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: 400_000 }] }] });
      recall.simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 1_000_000 });
      recall.simulator.mediaFault({ kind: 'cut', afterBytes: 200_000 });
      const before = recall.simulator.requests.length;
      const half = attempt('recall.downloadMp3', id);
      await recall.simulator.waitForRequest(() =>
        recall.simulator.requests.slice(before).some(({ origin }) => origin === 'media'),
      );
      recall.simulator.mediaFault({ kind: 'status', status: 400, times: 'always' });
      await half;
      recall.simulator.clearFaults();
      const files = await textsBelow([recall.workspaceFolder]);
      assert.ok(
        [...files.keys()].some((path) => path.endsWith('.part')),
        'no part file was left',
      );
    }

    /** Runs a command as a script does and keeps what it says. */
    async function attempt(command: string, argument: unknown): Promise<unknown> {
      try {
        return await run(command, argument);
      } catch (error) {
        said.push(...textsOf(error));
        return undefined;
      }
    }

    /** Runs a command as a person does, and says yes to what it asks. */
    async function asPerson(command: string, answer?: string): Promise<void> {
      if (answer !== undefined) recall.shown.answerNext(answer);
      await run(command);
      noteShown();
    }

    function noteShown(): void {
      everythingShown.push(...recall.shown.all);
      recall.shown.clear();
    }

    /** The user's data folder: settings, global and workspace storage, logs, history. */
    function dataFolder(): string {
      return dirname(dirname(recall.access.globalStorageUri.fsPath));
    }

    function assertKeyOnlyInHeader(requests: readonly RecordedRequest[]): void {
      const toApi = requests.filter(({ origin }) => origin === 'api');
      assert.ok(toApi.length > 100, 'hardly anything was done');
      assert.ok(toApi.filter(({ headers }) => headers.authorization === undefined).length < 20);
      for (const { headers, ...rest } of toApi) {
        const { authorization, ...others } = headers;
        // Test Connection first looks, without a key, whether anything answers.
        if (authorization !== undefined) assert.match(authorization, /^Token \S+$/);
        assert.doesNotMatch(
          JSON.stringify([others, rest]),
          new RegExp(testKey),
          `the key is elsewhere in ${rest.method} ${rest.path}`,
        );
      }
    }

    function assertMediaWithoutKey(requests: readonly RecordedRequest[]): void {
      const toMedia = requests.filter(({ origin }) => origin !== 'api');
      assert.ok(toMedia.length > 10, 'hardly anything was downloaded');
      const lists = toMedia.filter(({ origin }) => origin === 'download');
      assert.equal(lists.length, 1, 'the people of one meeting were asked for once');
      for (const request of toMedia) {
        assert.equal(request.headers.authorization, undefined);
        assert.doesNotMatch(JSON.stringify(request), new RegExp(`${testKey}|${password}`));
      }
    }
  });
}

function assertNothingIn(texts: ReadonlyMap<string, string>): void {
  for (const [place, text] of texts) {
    for (const [name, pattern] of secrets) {
      const found = pattern.exec(text);
      const around = found && text.slice(Math.max(0, found.index - 100), found.index + 60);
      assert.ok(found === null, `${name} is in ${place}: ${around ?? ''}`);
    }
  }
}

/** All that an error says, to whoever looks closely: its causes, too. */
function textsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const own = Object.entries(error).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [
    error.message,
    error.stack ?? '',
    ...own,
    ...(error.cause === undefined ? [] : textsOf(error.cause)),
  ];
}

/** The contents of all files in some folders and below, by path; a path counts as text, too. */
async function textsBelow(folders: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((found) => found.isFile())) {
      const path = join(entry.parentPath, entry.name);
      texts.set(path, `${path}\n${await textIfThere(path)}`);
    }
  }
  return texts;
}

/** What lies in a file; nothing when it has gone meanwhile, as short-lived ones do. */
async function textIfThere(path: string): Promise<string> {
  try {
    return (await readFile(path)).toString('latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function inOneHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

function declaredCommands(): string[] {
  const { contributes } = theExtension().packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return contributes.commands.map(({ command }) => command);
}
