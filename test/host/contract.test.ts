import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import {
  botWithRecordings,
  deletedMediaBot,
  fatalBot,
  mediaExpiredBot,
  neverAdmittedBot,
  notAskedForMp3Bot,
  rawOnlyBot,
  scheduledBot,
  type BotSpec,
} from '../simulator/readyBots.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import type { RecordedRequest } from '../simulator/recordedRequests.ts';
import {
  assertSameBytes,
  download,
  failureOf,
  filesIn,
  run,
  secretName,
  setSetting,
  testKey,
  theExtension,
  until,
  useRecall,
} from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const unknownId = 'e5f1b2ab-77a0-4c8e-9d41-6f3c2b1a0d9e';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const meetingUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';
const onBot = [
  'downloadMp3',
  'leaveCall',
  'cancelScheduledBot',
  'deleteMedia',
  'openMp3',
  'revealMp3',
  'copyBotId',
  'openInDashboard',
  'removeBot',
].map((name) => `recall.${name}`);
const sending = { method: 'POST', path: '/bot/$' };
const inCall: BotSpec = {
  statusChanges: [{ code: 'joining_call' }, { code: 'in_call_not_recording' }, { code: 'in_call_recording' }],
};

// A suite of its own, since bots that were sent are followed: requests of its own accord come in between.
inTrustedFolder('recall.sendBot called by a script', () => {
  const recall = useRecall();

  afterEach(() => {
    assert.deepEqual(recall.shown.all, [], 'a script was shown something');
  });

  it('sends a bot that makes an MP3, and answers with its id', async () => {
    const id = await run('recall.sendBot', { meetingUrl });

    assert.deepEqual(recall.simulator.botIds(), [id]);
    const { headers, body } = theRequest(recall.simulator, 'POST', '/bot/');
    assert.equal(headers.authorization, `Token ${testKey}`);
    assert.match(headers['idempotency-key'] ?? '', uuid);
    assert.deepEqual(JSON.parse(body), {
      meeting_url: meetingUrl,
      bot_name: 'Meeting Notetaker',
      metadata: { sent_from: 'vscode-recall-meeting-audio' },
      recording_config: { audio_mixed_mp3: {} },
    });
  });

  it('passes on the name and the time to join', async () => {
    const joinAt = '2031-05-06T07:08:09+02:00';
    await run('recall.sendBot', { meetingUrl, botName: 'Écoute 🎧', joinAt });

    const sent = JSON.parse(theRequest(recall.simulator, 'POST', '/bot/').body) as Record<string, unknown>;
    assert.equal(sent.bot_name, 'Écoute 🎧');
    assert.equal(sent.join_at, joinAt);
  });

  it('follows the settings for the name and for how long media are kept', async () => {
    await setSetting('recall.botName', 'Minutes', 'workspace');
    await setSetting('recall.retentionHours', 12, 'workspace');
    await run('recall.sendBot', { meetingUrl });

    const sent = JSON.parse(theRequest(recall.simulator, 'POST', '/bot/').body) as Record<string, unknown>;
    assert.equal(sent.bot_name, 'Minutes');
    assert.deepEqual(sent.recording_config, {
      audio_mixed_mp3: {},
      retention: { type: 'timed', hours: 12 },
    });
  });

  it('repeats a lost answer with the same idempotency key, so that one bot joins', async () => {
    recall.simulator.apiFault({ ...sending, kind: 'reset', processed: true });
    const id = await run('recall.sendBot', { meetingUrl });

    assert.deepEqual(recall.simulator.botIds(), [id]);
    const keys = requests(recall.simulator, 'POST', '/bot/').map(({ headers }) => headers['idempotency-key']);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });

  it('uses another idempotency key for each call', async () => {
    await run('recall.sendBot', { meetingUrl });
    await run('recall.sendBot', { meetingUrl });
    const keys = requests(recall.simulator, 'POST', '/bot/').map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 2);
  });

  it('refuses what is no such argument, without asking Recall', async () => {
    const wrong: unknown[] = [
      '',
      meetingUrl,
      7,
      true,
      [],
      [meetingUrl],
      {},
      { meetingUrl: 7 },
      { meetingUrl: '' },
      { meetingUrl: 'next Tuesday' },
      { meetingUrl, botName: '' },
      { meetingUrl, botName: 'n'.repeat(101) },
      { meetingUrl, botName: null },
      { meetingUrl, title: 't'.repeat(201) },
      { meetingUrl, joinAt: 'tomorrow' },
      { meetingUrl, joinAt: '2031-05-06T07:08:09' },
      { meetingUrl, joinAt: 1_900_000_000_000 },
    ];
    for (const argument of wrong) {
      const { code } = await failureOf('recall.sendBot', argument);
      assert.equal(code, 'invalidArgument', JSON.stringify(argument));
    }
    assert.deepEqual(requests(recall.simulator, 'POST', '/bot/'), []);
  });

  it('says when no bot is free', async () => {
    recall.simulator.failNext({ ...sending, status: 507, headers: { 'Retry-After': '3600' }, body: {} });
    const { code, message } = await failureOf('recall.sendBot', { meetingUrl });
    assert.equal(code, 'noBotFree');
    assert.match(message, /no free bot/);
  });

  it('says what Recall finds wrong', async () => {
    recall.simulator.failNext({ ...sending, status: 400, body: { meeting_url: ['Not supported here.'] } });
    const { code, message } = await failureOf('recall.sendBot', { meetingUrl });
    assert.equal(code, 'invalidRequest');
    assert.match(message, /Not supported here\./);
  });
});

inTrustedFolder('commands called by a script', () => {
  const recall = useRecall();

  afterEach(function () {
    if (this.currentTest?.state === 'passed')
      assert.deepEqual(recall.shown.all, [], 'a script was shown this');
  });

  describe('recall.downloadMp3', () => {
    it('answers with the URIs of files that hold what Recall has, byte for byte', async () => {
      const { id, recordings } = recall.simulator.addBot();
      const [path, ...others] = await download(id);

      assert.deepEqual(others, []);
      await assertSameBytes(path, recall.simulator.mediaBytes(recordings[0]?.audio[0] ?? ''));
      assert.match(basename(path ?? ''), /^\d{4}-\d\d-\d\d \d\d-\d\d Notetaker 1 [0-9a-f]{8}\.mp3$/);
      assert.equal(path, join(recall.workspaceFolder, 'recordings', basename(path ?? '')));
    });

    it('takes the id with spaces around it', async () => {
      const { id } = recall.simulator.addBot();
      assert.equal((await download(` ${id}\n`)).length, 1);
    });

    const withoutMp3: { name: string; spec: BotSpec; code: string; says: RegExp }[] = [
      { name: 'was not asked for one', spec: notAskedForMp3Bot(), code: 'mp3NotRequested', says: /MP3/ },
      {
        name: 'was never admitted',
        spec: neverAdmittedBot(),
        code: 'nothingRecorded',
        says: /timeout_exceeded_waiting_room/,
      },
      {
        name: 'could not join',
        spec: fatalBot('meeting_not_found'),
        code: 'nothingRecorded',
        says: /meeting_not_found/,
      },
      {
        name: 'has an MP3 that failed',
        spec: { recordings: [{ audio: [{ status: 'failed', subCode: 'encoder_crashed' }] }] },
        code: 'failed',
        says: /encoder_crashed/,
      },
      { name: 'has deleted media', spec: deletedMediaBot(), code: 'deleted', says: /deleted/ },
      { name: 'has expired media', spec: mediaExpiredBot(), code: 'expired', says: /expired/ },
      { name: 'recorded raw audio only', spec: rawOnlyBot(), code: 'rawOnly', says: /raw/ },
      { name: 'is still recording', spec: inCall, code: 'recordingNotOver', says: /not over/ },
      { name: 'made none', spec: { recordings: [{ audio: 0 }] }, code: 'noMp3', says: /no MP3/ },
    ];
    for (const { name, spec, code, says } of withoutMp3) {
      it(`rejects with ${code} for a bot that ${name}`, async () => {
        const { id } = recall.simulator.addBot(spec);
        const failure = await failureOf('recall.downloadMp3', id);
        assert.equal(failure.code, code);
        assert.match(failure.message, says);
        assert.deepEqual(await filesIn(recall.workspaceFolder), []);
      });
    }

    it('rejects for a recording that is under way', async () => {
      const { id } = recall.simulator.addBot({ ...inCall, recordings: [{ status: 'processing' }] });
      assert.equal((await failureOf('recall.downloadMp3', id)).code, 'recordingNotOver');
    });
  });

  describe('an argument that is no bot id', () => {
    for (const command of onBot) {
      it(`is refused by ${command}`, async () => {
        for (const argument of ['', '../bot', 'a b', 'x'.repeat(101), 7, {}, [], { botId: unknownId }]) {
          const { code } = await failureOf(command, argument);
          assert.equal(code, 'invalidArgument', JSON.stringify(argument));
        }
        assert.deepEqual(recall.simulator.requests, []);
      });
    }
  });

  describe('what Recall refuses', () => {
    const asking: [command: string, argument: unknown][] = [
      ['recall.sendBot', { meetingUrl }],
      ['recall.downloadMp3', unknownId],
      ['recall.leaveCall', unknownId],
      ['recall.cancelScheduledBot', unknownId],
      ['recall.deleteMedia', unknownId],
      ['recall.refreshBots', {}],
    ];
    const refusals: { status: number; retryAfter?: string; code: string; says: RegExp }[] = [
      { status: 401, code: 'keyRefused', says: /did not accept the API key/ },
      { status: 402, code: 'creditUsedUp', says: /credit/ },
      { status: 403, code: 'blocked', says: /refused access/ },
      { status: 429, retryAfter: '90', code: 'rateLimited', says: /in 90 seconds/ },
      { status: 503, retryAfter: '3600', code: 'serverError', says: /status 503/ },
    ];
    for (const { status, retryAfter, code, says } of refusals) {
      it(`is ${code} for status ${status}`, async () => {
        const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
        recall.simulator.failNext({ status, headers, body: { detail: 'No.' }, times: 'always' });
        for (const [command, argument] of asking) {
          const failure = await failureOf(command, argument);
          assert.equal(failure.code, code, command);
          assert.match(failure.message, says, command);
        }
      });
    }

    it('is notFound for a bot that Recall does not know', async () => {
      for (const command of ['recall.downloadMp3', 'recall.leaveCall', 'recall.deleteMedia']) {
        const { code, message } = await failureOf(command, unknownId);
        assert.equal(code, 'notFound', command);
        assert.match(message, /does not know/);
      }
    });

    it('is keyRefused when the key was revoked', async () => {
      recall.simulator.acceptOnlyKeys([]);
      assert.equal((await failureOf('recall.downloadMp3', unknownId)).code, 'keyRefused');
    });

    it('is tried again when the trouble is short', async () => {
      const { id } = recall.simulator.addBot();
      recall.simulator.failNext({ status: 502, body: '<html>Bad gateway</html>' });
      recall.simulator.failNext({ status: 429, headers: { 'Retry-After': '1' }, body: {} });
      assert.equal((await download(id)).length, 1);
    });

    it('is noKey when there is none', async () => {
      const { access, simulator } = recall;
      await access.secrets.delete(secretName(simulator.apiOrigin));
      try {
        for (const [command, argument] of asking) {
          const { code, message } = await failureOf(command, argument);
          assert.equal(code, 'noKey', command);
          assert.match(message, /Recall: Set API Key/);
        }
        assert.deepEqual(simulator.requests, []);
      } finally {
        await access.secrets.store(secretName(simulator.apiOrigin), testKey);
      }
    });
  });

  describe('an API that cannot be asked', () => {
    it('is network when nobody answers', async () => {
      const closed = await unusedOrigin();
      await recall.access.secrets.store(secretName(closed), testKey);
      await setSetting('recall.apiBaseUrl', closed, 'user');
      try {
        const { code, message } = await failureOf('recall.downloadMp3', unknownId);
        assert.equal(code, 'network');
        assert.match(message, /was refused/);
        assert.doesNotMatch(message, /ECONN/);
        assert.match(message, /http\.proxy/);
      } finally {
        await recall.access.secrets.delete(secretName(closed));
      }
    });

    it('is badSetting for an address that must not get the key', async () => {
      for (const address of [
        'http://recall.example.com',
        'ftp://127.0.0.1',
        'https://a:b@example.com',
        'x',
      ]) {
        await setSetting('recall.apiBaseUrl', address, 'user');
        const { code, message } = await failureOf('recall.downloadMp3', unknownId);
        assert.equal(code, 'badSetting', address);
        assert.match(message, /recall\.apiBaseUrl/);
      }
    });

    it('has a key of its own: another address does not get this one', async () => {
      await setSetting('recall.apiBaseUrl', recall.simulator.mediaOrigin, 'user');
      assert.equal((await failureOf('recall.downloadMp3', unknownId)).code, 'noKey');
      assert.deepEqual(recall.simulator.requests, []);
    });
  });

  describe('recall.leaveCall', () => {
    it('makes a bot leave its call', async () => {
      const { id } = recall.simulator.addBot(inCall);
      assert.equal(await run('recall.leaveCall', id), undefined);
      assert.match(
        theRequest(recall.simulator, 'POST', `/bot/${id}/leave_call/`).headers['idempotency-key'] ?? '',
        uuid,
      );
    });

    it('counts a bot that is out already as success', async () => {
      const { id } = recall.simulator.addBot();
      assert.equal(await run('recall.leaveCall', id), undefined);
    });

    it('names the other command for a bot that has not joined', async () => {
      const { id } = recall.simulator.addBot(scheduledBot(inOneHour()));
      const { code, message } = await failureOf('recall.leaveCall', id);
      assert.equal(code, 'notAllowed');
      assert.match(message, /Recall: Cancel Scheduled Bot/);
    });
  });

  describe('recall.cancelScheduledBot', () => {
    it('cancels a bot, and a second time is as good', async () => {
      const { id } = recall.simulator.addBot(scheduledBot(inOneHour()));
      assert.equal(await run('recall.cancelScheduledBot', id), undefined);
      assert.deepEqual(recall.simulator.botIds(), []);
      assert.equal(await run('recall.cancelScheduledBot', id), undefined);
    });

    it('counts a bot that is over as success', async () => {
      const { id } = recall.simulator.addBot();
      assert.equal(await run('recall.cancelScheduledBot', id), undefined);
    });

    it('names the other command for a bot that is on its way', async () => {
      const { id } = recall.simulator.addBot(inCall);
      const { code, message } = await failureOf('recall.cancelScheduledBot', id);
      assert.equal(code, 'notAllowed');
      assert.match(message, /Recall: Leave Call/);
    });
  });

  describe('recall.deleteMedia', () => {
    it('deletes at Recall and leaves the file here; a second time is as good', async () => {
      const { id, recordings } = recall.simulator.addBot();
      const bytes = recall.simulator.mediaBytes(recordings[0]?.audio[0] ?? '');
      const [path] = await download(id);

      assert.equal(await run('recall.deleteMedia', id), undefined);
      assert.equal(await run('recall.deleteMedia', id), undefined);
      assert.equal((await failureOf('recall.downloadMp3', id)).code, 'deleted');
      await assertSameBytes(path, bytes);
    });
  });

  describe('recall.openMp3 and recall.revealMp3', () => {
    it("open the file in VS Code's audio player", async () => {
      const { id } = recall.simulator.addBot();
      const [path] = await download(id);
      assert.equal(await run('recall.openMp3', id), undefined);
      await until('the player is open', () => openPlayers().length > 0);
      assert.deepEqual(openPlayers(), [path]);
    });

    it('open one file without a question when there are several', async () => {
      const { id } = recall.simulator.addBot(botWithRecordings({ recordings: 2 }));
      const paths = await download(id);
      await run('recall.openMp3', id);
      await until('the player is open', () => openPlayers().length > 0);
      assert.deepEqual(openPlayers(), [paths[0]]);
    });

    it('show the file in the Explorer', async () => {
      const { id } = recall.simulator.addBot();
      await download(id);
      assert.equal(await run('recall.revealMp3', id), undefined);
    });

    it('reject with notSaved when the file is not here', async () => {
      const { id } = recall.simulator.addBot();
      for (const command of ['recall.openMp3', 'recall.revealMp3']) {
        const { code, message } = await failureOf(command, id);
        assert.equal(code, 'notSaved');
        assert.match(message, /Recall: Download MP3/);
      }
    });
  });

  it('recall.copyBotId puts the id on the clipboard', async () => {
    await vscode.env.clipboard.writeText('something else');
    assert.equal(await run('recall.copyBotId', unknownId), undefined);
    assert.equal(await vscode.env.clipboard.readText(), unknownId);
  });

  it("recall.openInDashboard opens the bot's page of the region", async () => {
    await setSetting('recall.region', 'eu-central-1', 'user');
    assert.equal(await run('recall.openInDashboard', unknownId), undefined);
    assert.deepEqual(recall.shown.opened, [
      `https://eu-central-1.recall.ai/dashboard/explorer/bot/${unknownId}`,
    ]);
  });

  it('recall.showLog shows the log', async () => {
    assert.equal(await run('recall.showLog'), undefined);
    await until('the log is open', () =>
      vscode.window.visibleTextEditors.some(
        ({ document }) =>
          document.getText().includes('Recall Meeting Audio') &&
          document.uri.path.includes('recall-meeting-audio'),
      ),
    );
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('recall.selectRegion takes the id of a region', async () => {
    await setSetting('recall.region', 'us-west-2', 'user');
    assert.equal(await run('recall.selectRegion', 'eu-central-1'), undefined);
    assert.equal(vscode.workspace.getConfiguration().get('recall.region'), 'eu-central-1');

    for (const argument of ['', 'eu-central', 'EU-CENTRAL-1', 7, {}, ['us-east-1']]) {
      const { code, message } = await failureOf('recall.selectRegion', argument);
      assert.equal(code, 'invalidArgument', JSON.stringify(argument));
      assert.match(message, /ap-northeast-1/);
    }
    assert.equal(vscode.workspace.getConfiguration().get('recall.region'), 'eu-central-1');
    assert.deepEqual(recall.simulator.requests, []);
  });

  it('recall.filterBots takes the text to filter by, also in an object', async () => {
    for (const argument of ['zoom', '', { text: 'zoom' }, { text: '' }]) {
      assert.equal(await run('recall.filterBots', argument), undefined, JSON.stringify(argument));
    }
    for (const argument of [7, {}, { text: 7 }, ['zoom'], true]) {
      const { code } = await failureOf('recall.filterBots', argument);
      assert.equal(code, 'invalidArgument', JSON.stringify(argument));
    }
  });

  it('recall.refreshBots asks for the bots', async () => {
    assert.equal(await run('recall.refreshBots'), undefined);
    assert.equal(requests(recall.simulator, 'GET', '/bot/').length, 1);
  });
});

inTrustedFolder('commands called by a person', () => {
  const recall = useRecall();

  it('show an error once, and resolve', async () => {
    recall.simulator.failNext({ status: 402, body: {} });
    assert.equal(await run('recall.refreshBots'), undefined);
    const [shown, ...others] = recall.shown.all;
    assert.match(shown ?? '', /^showErrorMessage: The credit .* \| Show Log$/);
    assert.deepEqual(others, []);
  });

  it('ask for a bot, and resolve to undefined when that is dismissed', async () => {
    recall.simulator.addBot();
    for (const command of onBot) {
      recall.shown.clear();
      assert.equal(await run(command), undefined, command);
      assert.match(recall.shown.all.join('\n'), /^createQuickPick: /, command);
      assert.equal(recall.shown.all.length, 1, command);
    }
    const changes = recall.simulator.requests.filter(({ method }) => method !== 'GET');
    assert.deepEqual(changes, []);
  });

  it('take a pasted id of a bot that is not in the list', async () => {
    const { id } = recall.simulator.addBot();
    recall.shown.answerNext(id);
    const uris = await run('recall.downloadMp3');
    assert.ok(Array.isArray(uris));
    assert.equal(uris.length, 1);
    assert.match(recall.shown.all.join('\n'), /showInformationMessage: Saved .*\.mp3 \(.*\)\./);
  });

  it('do nothing that cannot be undone before it is confirmed', async () => {
    const { id } = recall.simulator.addBot();
    recall.shown.answerNext(id);
    await run('recall.deleteMedia');
    assert.match(recall.shown.all.join('\n'), /showWarningMessage: Delete all media/);
    assert.deepEqual(
      recall.simulator.requests.filter(({ method }) => method === 'POST'),
      [],
    );
  });

  it('do it when it is confirmed', async () => {
    const { id } = recall.simulator.addBot();
    recall.shown.answerNext(id);
    recall.shown.answerNext('Delete Media');
    await run('recall.deleteMedia');
    await until('it was asked for', () =>
      recall.simulator.requests.some(({ path }) => path.endsWith('/delete_media/')),
    );
  });

  it('no longer offer a bot that was removed from the list', async () => {
    const [kept, removed] = [recall.simulator.addBot(), recall.simulator.addBot()];
    await run('recall.refreshBots');
    await run('recall.removeBot', removed.id);

    recall.shown.clear();
    await run('recall.copyBotId');
    const offered = recall.shown.all.join('\n');
    assert.match(offered, new RegExp(kept.id));
    assert.doesNotMatch(offered, new RegExp(removed.id));
    assert.deepEqual(recall.simulator.botIds(), [kept.id, removed.id]);
  });

  it('check a key before they keep it', async () => {
    const { simulator, access, shown } = recall;
    simulator.acceptOnlyKeys(['the-new-key']);
    shown.answerNext('a-wrong-key');
    await run('recall.setApiKey');
    assert.equal(await access.secrets.get(secretName(simulator.apiOrigin)), testKey);
    assert.match(shown.all.join('\n'), /showErrorMessage: .* did not accept the API key/);

    shown.answerNext(' "the-new-key" ');
    await run('recall.setApiKey');
    assert.equal(await access.secrets.get(secretName(simulator.apiOrigin)), 'the-new-key');
  });

  it('forget the key when asked to', async () => {
    const { simulator, access } = recall;
    await access.secrets.store(secretName(simulator.apiOrigin), testKey);
    await run('recall.removeApiKey');
    assert.equal(await access.secrets.get(secretName(simulator.apiOrigin)), undefined);
  });
});

inTrustedFolder('the settings', () => {
  const settings: [name: string, scope: string, byDefault: unknown][] = [
    ['recall.region', 'application', 'us-west-2'],
    ['recall.apiBaseUrl', 'application', ''],
    ['recall.botName', 'window', 'Meeting Notetaker'],
    ['recall.downloadFolder', 'resource', 'recordings'],
    ['recall.fileName', 'resource', '{date} {time} {title} {id}'],
    ['recall.transcript', 'application', 'off'],
    ['recall.saveDetails', 'resource', false],
    ['recall.whenRecordingIsReady', 'window', 'ask'],
    ['recall.retentionHours', 'window', null],
  ];

  it('are these and no others, with their scopes and defaults', () => {
    const { contributes } = theExtension().packageJSON as {
      contributes: { configuration: { properties: Record<string, { scope?: string }> } };
    };
    const { properties } = contributes.configuration;
    const found = Object.entries(properties).map(([name, { scope }]) => {
      return [name, scope, vscode.workspace.getConfiguration().inspect(name)?.defaultValue];
    });
    const byName = ([name]: readonly unknown[], [other]: readonly unknown[]): number =>
      String(name).localeCompare(String(other));
    assert.deepEqual(found.toSorted(byName), settings.toSorted(byName));
  });

  for (const [name] of settings.filter(([, scope]) => scope === 'application')) {
    it(`${name} cannot come from a workspace`, async () => {
      const configuration = vscode.workspace.getConfiguration();
      await assert.rejects(
        Promise.resolve(configuration.update(name, 'us-east-1', vscode.ConfigurationTarget.Workspace)),
        /only into User settings/,
      );
    });
  }
});

/** An origin on which nobody listens. */
async function unusedOrigin(): Promise<string> {
  const gone = await startSimulator();
  await gone.close();
  return gone.apiOrigin;
}

function requests(simulator: Simulator, method: string, path: string): RecordedRequest[] {
  return simulator.requests.filter(
    (request) => request.method === method && request.path === `/api/v1${path}`,
  );
}

function theRequest(simulator: Simulator, method: string, path: string): RecordedRequest {
  const [request, ...others] = requests(simulator, method, path);
  assert.ok(request, `${method} ${path} never came`);
  assert.deepEqual(others, []);
  return request;
}

function inOneHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

/** The files that are open in VS Code's audio player. */
function openPlayers(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) =>
      input instanceof vscode.TabInputCustom && input.viewType === 'vscode.audioPreview'
        ? [input.uri.fsPath]
        : [],
    );
}
