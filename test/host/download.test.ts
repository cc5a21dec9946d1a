import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { AddedBot } from '../simulator/controls.ts';
import type { MediaFault } from '../simulator/faults.ts';
import { botWithRecordings, processingBot } from '../simulator/readyBots.ts';
import type { RecordedRequest } from '../simulator/recordedRequests.ts';
import {
  assertSameBytes,
  download,
  failureOf,
  filesIn,
  type RecallUnderTest,
  run,
  setSetting,
  until,
  useRecall,
} from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const bytes = 600_000;

/** The connection closes after some pieces; slow enough that the pieces before the last have been read by then. */
const breakOff: MediaFault[] = [
  { kind: 'throttle', bytesPerSecond: 1_000_000 },
  { kind: 'cut', afterBytes: 150_000 },
];

inTrustedFolder('downloading with recall.downloadMp3', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await setSetting('recall.fileName', '{id}');
  });

  it('saves every part of every recording, each whole', async () => {
    const bot = recall.simulator.addBot(botWithRecordings({ recordings: 2, parts: 2 }));
    const paths = await download(bot.id);

    const id = bot.id.slice(0, 8);
    assert.deepEqual(paths.map((path) => basename(path)).toSorted(), [
      `${id} recording 1 part 1.mp3`,
      `${id} recording 1 part 2.mp3`,
      `${id} recording 2 part 1.mp3`,
      `${id} recording 2 part 2.mp3`,
    ]);
    assert.deepEqual(await saved(), paths.map((path) => basename(path)).toSorted());
    await assertAllSaved(paths, bot);
  });

  it('fetches nothing that is here already', async () => {
    const bot = recall.simulator.addBot(botWithRecordings({ recordings: 2, parts: 2 }));
    const paths = await download(bot.id);
    recall.simulator.clearRequests();

    assert.deepEqual(await download(bot.id), paths);
    assert.deepEqual(mediaRequests(), []);
    assert.equal((await saved()).length, 4);
  });

  it('fetches again what was deleted here, and only that', async () => {
    const bot = recall.simulator.addBot(botWithRecordings({ recordings: 2 }));
    const paths = await download(bot.id);
    await rm(paths[1] ?? '');
    recall.simulator.clearRequests();

    assert.deepEqual(await download(bot.id), paths);
    assert.equal(mediaRequests().length, 1);
    await assertAllSaved(paths, bot);
  });

  it('never replaces a file of the same name', async () => {
    const bot = recall.simulator.addBot();
    const taken = join(recall.workspaceFolder, 'recordings', `${bot.id.slice(0, 8)}.mp3`);
    await mkdir(dirname(taken));
    await writeFile(taken, 'my own notes');

    const paths = await download(bot.id);
    assert.deepEqual(
      paths.map((path) => basename(path)),
      [`${bot.id.slice(0, 8)} (2).mp3`],
    );
    assert.equal(await readFile(taken, 'utf8'), 'my own notes');
    await assertAllSaved(paths, bot);
  });

  it('never replaces a file that gets the name while the download runs', async () => {
    const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: bytes }] }] });
    const taken = join(recall.workspaceFolder, 'recordings', `${bot.id.slice(0, 8)}.mp3`);
    recall.simulator.mediaFault({ kind: 'throttle', bytesPerSecond: bytes });
    const downloading = download(bot.id);
    await recall.simulator.waitForRequest(({ origin }) => origin === 'media');
    await writeFile(taken, 'my own notes', { flag: 'wx' });

    await assertAllSaved(await downloading, bot);
    assert.equal(await readFile(taken, 'utf8'), 'my own notes');
    assert.deepEqual(await saved(), [`${bot.id.slice(0, 8)} (2).mp3`, basename(taken)]);
  });

  it('takes a file with the same content for the MP3, instead of a second copy', async () => {
    const bot = recall.simulator.addBot();
    const there = join(recall.workspaceFolder, 'recordings', `${bot.id.slice(0, 8)}.mp3`);
    await mkdir(dirname(there));
    await writeFile(there, recall.simulator.mediaBytes(artifactOf(bot)));

    assert.deepEqual(await download(bot.id), [there]);
    assert.deepEqual(await saved(), [basename(there)]);
  });

  for (const shortcut of ['present', 'absent', 'null', 'noShortcuts'] as const) {
    it(`finds the MP3 when the shortcut in the bot's answer is "${shortcut}"`, async () => {
      const bot = recall.simulator.addBot({ recordings: [{ shortcut }] });
      await assertAllSaved(await download(bot.id), bot);
    });
  }

  it('waits while Recall is still making the MP3', async () => {
    const bot = recall.simulator.addBot(processingBot());
    const downloading = download(bot.id);
    await recall.simulator.waitForRequest(({ path }) => path.startsWith('/api/v1/audio_mixed/'));
    assert.deepEqual(mediaRequests(), []);
    recall.simulator.changeArtifact(artifactOf(bot), { status: 'done' });
    await assertAllSaved(await downloading, bot);
  });

  it('shares one transfer between two calls for the same bot', async () => {
    const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: bytes }] }] });
    recall.simulator.mediaFault({ kind: 'throttle', bytesPerSecond: bytes });
    const [one, other] = await Promise.all([download(bot.id), download(bot.id)]);

    assert.deepEqual(one, other);
    assert.equal(mediaRequests().length, 1);
    assert.equal((await saved()).length, 1);
    await assertAllSaved(one, bot);
  });

  it('keeps the files of two bots with the same name apart', async () => {
    await setSetting('recall.fileName', 'meeting');
    const bots = [recall.simulator.addBot(), recall.simulator.addBot()];
    const paths = await Promise.all(bots.map(async ({ id }) => (await download(id))[0] ?? ''));

    assert.deepEqual(await saved(), ['meeting (2).mp3', 'meeting.mp3']);
    for (const [index, bot] of bots.entries()) await assertAllSaved(paths.slice(index, index + 1), bot);
  });

  describe('with the settings', () => {
    it('makes the folder of recall.downloadFolder when it is missing', async () => {
      await setSetting('recall.downloadFolder', 'audio/of meetings');
      const bot = recall.simulator.addBot();
      const [path = ''] = await download(bot.id);
      assert.equal(dirname(path), join(recall.workspaceFolder, 'audio', 'of meetings'));
    });

    it('names the file after recall.fileName, however strange the name of the bot is', async () => {
      await setSetting('recall.fileName', '{platform} {name}');
      const bot = recall.simulator.addBot({ name: '../../a/b\\c:d*\u202e?"<>|\n.' });
      const [path = ''] = await download(bot.id);
      assert.equal(dirname(path), join(recall.workspaceFolder, 'recordings'));
      assert.match(basename(path), /^Zoom [^/\\:*?"<>|\p{Cc}\p{Cf}]+\.mp3$/u);
      await assertAllSaved([path], bot);
    });

    it('calls it by the title of the meeting, which tells more than the name that all bots have', async () => {
      await setSetting('recall.fileName', undefined);
      const name = 'Meeting Notetaker';
      const titled = recall.simulator.addBot({ name, recordings: [{ title: 'Plans for 2026' }] });
      const untitled = recall.simulator.addBot({ name, recordings: [{ title: null }] });
      const named = async (botId: string): Promise<string> => basename((await download(botId))[0] ?? '');
      assert.match(await named(titled.id), /^\d{4}-\d\d-\d\d \d\d-\d\d Plans for 2026 [\w-]{8}\.mp3$/);
      assert.match(await named(untitled.id), /^\d{4}-\d\d-\d\d \d\d-\d\d Zoom [\w-]{8}\.mp3$/);
    });

    for (const folder of ['../outside', '/tmp', 'a/../../b', '~/recordings', 'C:\\audio']) {
      it(`refuses ${folder} as folder`, async () => {
        await setSetting('recall.downloadFolder', folder);
        await assertRefused('unsafeFolder', /workspace folder/);
      });
    }

    it('refuses a folder that leads out of the workspace through a link', async () => {
      const outside = await mkdtemp(join(tmpdir(), 'outside-'));
      try {
        await symlink(outside, join(recall.workspaceFolder, 'recordings'));
        await assertRefused('unsafeFolder', /link/);
        assert.deepEqual(await filesIn(outside), []);
      } finally {
        await rm(outside, { recursive: true });
      }
    });

    it('refuses a file where the folder should be', async () => {
      await writeFile(join(recall.workspaceFolder, 'recordings'), 'a file');
      await assertRefused('notAFolder', /not a folder/);
    });

    it('refuses an unknown field in the file name, and names it', async () => {
      await setSetting('recall.fileName', '{date} {topic}');
      await assertRefused('unknownField', /\{topic\}/);
    });

    async function assertRefused(code: string, says: RegExp): Promise<void> {
      const { id } = recall.simulator.addBot();
      const failure = await failureOf('recall.downloadMp3', id);
      assert.equal(failure.code, code);
      assert.match(failure.message, says);
      assert.deepEqual(mediaRequests(), []);
      assert.deepEqual(
        (await filesIn(recall.workspaceFolder)).filter((file) => /\.mp3|part/.test(file)),
        [],
      );
    }
  });

  describe('over a network that fails, ends in the whole file after', () => {
    const survived: [name: string, faultsByRequest: MediaFault[][], asked: ('whole' | 'rest')[]][] = [
      ['a connection that breaks off', [breakOff], ['whole', 'rest']],
      ['one that breaks off three times', [breakOff, breakOff, breakOff], ['whole', 'rest', 'rest', 'rest']],
      ['a reset before the answer', [[{ kind: 'resetBeforeHeaders' }]], ['whole', 'whole']],
      ['an address that has expired', [[{ kind: 'expired' }]], ['whole', 'whole']],
      ['a token that has expired', [[{ kind: 'expiredToken' }]], ['whole', 'whole']],
      ['an address that expires on the way', [breakOff, [{ kind: 'expired' }]], ['whole', 'rest', 'rest']],
      ['503 with a time to wait', [[{ kind: 'status', status: 503, retryAfter: 1 }]], ['whole', 'whole']],
      ['a sign-in page instead of audio', [[page('text/html', '<html>Sign in</html>')]], ['whole', 'whole']],
      [
        'a sign-in page that calls itself audio',
        [[page('audio/mpeg', '<html>Sign in</html>')]],
        ['whole', 'whole'],
      ],
      [
        'a body that ends too early without saying so',
        [[{ kind: 'shortBody', bytes: 150_000, framing: 'chunked' }]],
        ['whole', 'rest'],
      ],
      ['no length', [[{ kind: 'noContentLength' }]], ['whole', 'rest']],
      ['compression that nobody asked for', [[{ kind: 'gzip' }]], ['whole']],
      [
        'another range than asked for',
        [breakOff, [{ kind: 'wrongContentRange' }]],
        ['whole', 'rest', 'whole'],
      ],
      ['an ETag that changed on the way', [breakOff, [{ kind: 'changedEtag' }]], ['whole', 'rest']],
      ['the whole instead of the rest', [breakOff, [{ kind: 'ignoreRange' }]], ['whole', 'rest']],
      [
        'a rest that does not fit',
        [breakOff, [{ kind: 'corrupt', atByte: 300_000 }]],
        ['whole', 'rest', 'whole'],
      ],
    ];
    for (const [name, faultsByRequest, asked] of survived) {
      it(name, async () => {
        const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: bytes }] }] });
        const [paths] = await Promise.all([download(bot.id), goWrong(faultsByRequest)]);

        await assertAllSaved(paths, bot);
        assert.deepEqual(await saved(), [`${bot.id.slice(0, 8)}.mp3`]);
        assert.equal(recall.simulator.faultsLeft(), 0);
        assert.deepEqual(mediaRequests().map(partAskedFor), asked);
      });
    }

    it('another recording that was put in its place', async () => {
      const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: bytes }] }] });
      for (const fault of breakOff) recall.simulator.mediaFault(fault);
      const downloading = download(bot.id);
      await recall.simulator.waitForRequest(({ origin }) => origin === 'media');
      recall.simulator.replaceMedia(artifactOf(bot));
      await assertAllSaved(await downloading, bot);
    });

    it('a redirect to where the file is, without taking the API key along', async () => {
      const bot = recall.simulator.addBot();
      recall.simulator.mediaFault({ kind: 'redirect', url: recall.simulator.downloadUrl(artifactOf(bot)) });
      await assertAllSaved(await download(bot.id), bot);
      assert.deepEqual(
        mediaRequests().map(({ headers }) => headers.authorization),
        [undefined, undefined],
      );
    });

    it('waits as long as the server asks', async () => {
      const bot = recall.simulator.addBot();
      recall.simulator.mediaFault({ kind: 'status', status: 503, retryAfter: 1 });
      await download(bot.id);
      const [refused, repeated] = mediaRequests().map(({ time }) => time);
      assert.ok((repeated ?? 0) - (refused ?? 0) >= 990, 'it came back earlier than after a second');
    });

    it('asks for a new address when one is refused', async () => {
      const bot = recall.simulator.addBot();
      recall.simulator.mediaFault({ kind: 'expired' });
      await download(bot.id);
      assert.equal(new Set(mediaRequests().map(({ path }) => path)).size, 2);
    });
  });

  describe('over a server that never gives the file, ends in a clear error for', () => {
    const lost: [name: string, fault: MediaFault, code: string, says: RegExp][] = [
      ['an address that is always refused', { kind: 'expired' }, 'urlExpired', /HTTP 403/],
      ['a file that is gone', { kind: 'noSuchKey' }, 'gone', /no longer on the server/],
      ['a page instead of audio', page('text/html', '<html>Sign in</html>'), 'notAudio', /not MP3 audio/],
      ['an empty file', { kind: 'shortBody', bytes: 0 }, 'empty', /empty/],
      ['a refusal', { kind: 'status', status: 400 }, 'refused', /HTTP 400/],
      [
        'a redirect to a place without https',
        { kind: 'redirect', url: 'http://media.example.com/a.mp3' },
        'insecureUrl',
        /https/,
      ],
      [
        'a redirect to this computer',
        { kind: 'redirect', url: 'file:///etc/passwd' },
        'insecureUrl',
        /https/,
      ],
    ];
    for (const [name, fault, code, says] of lost) {
      it(name, async () => {
        const bot = recall.simulator.addBot();
        recall.simulator.mediaFault({ ...fault, times: 'always' });
        const failure = await failureOf('recall.downloadMp3', bot.id);
        assert.equal(failure.code, code);
        assert.match(failure.message, says);
        assert.deepEqual(await saved(), []);

        recall.simulator.clearFaults();
        await assertAllSaved(await download(bot.id), bot);
        assert.equal((await saved()).length, 1);
      });
    }

    it('a circle of redirects', async () => {
      const bot = recall.simulator.addBot();
      const url = recall.simulator.downloadUrl(artifactOf(bot));
      recall.simulator.mediaFault({ kind: 'redirect', url, times: 'always' });
      assert.equal((await failureOf('recall.downloadMp3', bot.id)).code, 'tooManyRedirects');
      assert.deepEqual(await saved(), []);
    });

    it('media that are deleted on the way: what arrived is kept as no MP3', async () => {
      const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: bytes }] }] });
      for (const fault of breakOff) recall.simulator.mediaFault(fault);
      const downloading = failureOf('recall.downloadMp3', bot.id);
      await recall.simulator.waitForRequest(({ origin }) => origin === 'media');
      recall.simulator.changeArtifact(artifactOf(bot), { status: 'deleted' });

      const { code, message } = await downloading;
      assert.equal(code, 'deleted');
      assert.match(message, /no longer offers this MP3/);
      assert.deepEqual(
        (await saved()).filter((name) => name.endsWith('.mp3')),
        [],
      );
    });
  });

  it('goes on from what an earlier call left', async () => {
    const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: bytes }] }] });
    const [{ code, message }] = await Promise.all([
      failureOf('recall.downloadMp3', bot.id),
      goWrong([breakOff, [{ kind: 'status', status: 400 }]]),
    ]);
    assert.equal(code, 'refused');
    assert.match(message, /\d KB are kept, and the next download goes on from there\./);
    assert.ok((await saved()).includes(`${bot.id.slice(0, 8)}.mp3.part`));

    recall.simulator.clearRequests();
    await assertAllSaved(await download(bot.id), bot);
    assert.deepEqual(mediaRequests().map(partAskedFor), ['rest']);
    assert.deepEqual(await saved(), [`${bot.id.slice(0, 8)}.mp3`]);
  });

  it('tells a person where the file is, and opens it on request', async () => {
    const { id } = recall.simulator.addBot();
    recall.shown.answerNext(id);
    recall.shown.answerNext('Reveal');
    await run('recall.downloadMp3');
    await until('the end is told', () => recall.shown.all.some((text) => text.includes('Saved')));
    assert.match(recall.shown.all.join('\n'), new RegExp(`Saved ${id.slice(0, 8)}\\.mp3 \\(\\d+ KB\\)`));
  });

  /** Lets the first request for media run into the first faults, the second into the second, and so on. */
  async function goWrong(faultsByRequest: readonly (readonly MediaFault[])[]): Promise<void> {
    for (const [number, faults] of faultsByRequest.entries()) {
      if (number > 0) await recall.simulator.waitForRequest(() => mediaRequests().length >= number);
      for (const fault of faults) recall.simulator.mediaFault(fault);
    }
  }

  function mediaRequests(): RecordedRequest[] {
    return recall.simulator.requests.filter(({ origin }) => origin === 'media');
  }

  function saved(): Promise<string[]> {
    return filesIn(join(recall.workspaceFolder, 'recordings'));
  }

  async function assertAllSaved(paths: readonly string[], bot: AddedBot): Promise<void> {
    await assertSaved(recall, paths, bot);
  }
});

inTrustedFolder('downloading where Recall tells of one audio item a page', () => {
  const recall = useRecall({ simulator: { artifactPageSize: 1 } });

  it('saves the parts of all pages', async () => {
    const bot = recall.simulator.addBot(botWithRecordings({ recordings: 1, parts: 4 }));
    const paths = await download(bot.id);
    assert.equal(paths.length, 4);
    await assertSaved(recall, paths, bot);
  });

  it('does not follow a page that leads to another host', async () => {
    const bot = recall.simulator.addBot(botWithRecordings({ parts: 2 }));
    const url = `${recall.simulator.mediaOrigin}/steal`;
    recall.simulator.apiFault({ kind: 'nextPageOnForeignHost', url, path: '/audio_mixed/' });
    assert.equal((await failureOf('recall.downloadMp3', bot.id)).code, 'foreignHost');
    assert.deepEqual(
      recall.simulator.requests.filter(({ origin }) => origin === 'media'),
      [],
    );
  });

  it('ends at a page that leads back to itself', async () => {
    const bot = recall.simulator.addBot(botWithRecordings({ parts: 2 }));
    recall.simulator.apiFault({ kind: 'loopingNext', path: '/audio_mixed/', times: 'always' });
    assert.equal((await download(bot.id)).length, 1);
  });
});

inTrustedFolder('downloading from addresses in the form of signature version 4', () => {
  const recall = useRecall({ simulator: { signatureVersion: 4, etagStyle: 'multipart' } });

  it('saves the file, also over a break', async () => {
    const bot = recall.simulator.addBot({ recordings: [{ audio: [{ sizeBytes: bytes }] }] });
    for (const fault of breakOff) recall.simulator.mediaFault(fault);
    await assertSaved(recall, await download(bot.id), bot);
  });
});

/** Asserts that these files are the audio of the bot, in order, byte for byte. */
async function assertSaved(
  { simulator }: RecallUnderTest,
  paths: readonly string[],
  bot: AddedBot,
): Promise<void> {
  const artifacts = bot.recordings.flatMap(({ audio }) => audio);
  assert.equal(paths.length, artifacts.length);
  for (const [index, artifact] of artifacts.entries()) {
    await assertSameBytes(paths[index], simulator.mediaBytes(artifact));
  }
}

function artifactOf(bot: AddedBot): string {
  const id = bot.recordings[0]?.audio[0];
  assert.ok(id !== undefined, 'the bot has no MP3');
  return id;
}

function page(contentType: string, body: string): MediaFault {
  return { kind: 'instead', contentType, body };
}

function partAskedFor({ headers }: RecordedRequest): 'whole' | 'rest' {
  return headers.range === undefined ? 'whole' : 'rest';
}
