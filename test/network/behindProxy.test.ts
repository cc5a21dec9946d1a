import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertSameBytes, download, failureOf, run, testKey } from '../host/recallUnderTest.ts';
import { apiHost, inCurrentVersion, mediaHost, withTrustedAuthority } from './conditions.ts';
import { setUserSetting, useProxy, useRecallBehindProxy } from './recallBehindProxy.ts';

const meetingUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';

withTrustedAuthority('behind a proxy that alone knows Recall, in a network with its own certificates', () => {
  const recall = useRecallBehindProxy();

  it('shows the API key to the API, and to neither the proxy nor the media store', async () => {
    const { simulator, proxy } = recall;
    const { id } = simulator.addBot();
    await download(id);

    const withKey = simulator.requests.filter((request) => JSON.stringify(request).includes(testKey));
    assert.ok(withKey.length > 0);
    assert.deepEqual(new Set(withKey.map(({ origin }) => origin)), new Set(['api']));
    assert.ok(simulator.requests.some(({ origin }) => origin === 'media'));
    assert.ok(!JSON.stringify(proxy.tunnels).includes(testKey));
  });

  it('logs in to the proxy, and to nobody else', async () => {
    const { simulator, proxy } = recall;
    proxy.askForLogIn('ada:s3cret word');
    await useProxy(`http://ada:s3cret%20word@127.0.0.1:${proxy.port}`);
    const { id } = simulator.addBot();
    assert.equal((await download(id)).length, 1);

    assert.ok(proxy.tunnels.some(({ status }) => status === 200));
    assert.ok(simulator.requests.every(({ headers }) => headers['proxy-authorization'] === undefined));

    await run('recall.testConnection', {});
    const log = await readFile(join(recall.access.logUri.fsPath, 'Recall.log'), 'utf8');
    assert.match(log, new RegExp(`http\\.proxy 127\\.0\\.0\\.1:${proxy.port};`));
    assert.ok(!log.includes('s3cret'), 'the log-in is in the log');
  });

  it('passes every step of the connection test', async () => {
    recall.simulator.addBot();
    const steps = await run('recall.testConnection', {});
    assert.deepEqual(steps, [
      { step: 'address', ok: true, message: `The settings lead to https://${apiHost}.` },
      { step: 'name', ok: true, message: `The name ${apiHost} can be resolved.` },
      { step: 'connection', ok: true, message: `${apiHost} answers, and its certificate is trusted.` },
      { step: 'key', ok: true, message: `${apiHost} accepts the API key.` },
      {
        step: 'region',
        ok: true,
        message: 'The setting recall.apiBaseUrl decides, so there is no region to get wrong.',
      },
      { step: 'media', ok: true, message: `Recordings can be fetched from ${mediaHost}.` },
    ]);
    assert.deepEqual(recall.shown.all, []);
  });

  it('goes round the proxy for a host in http.noProxy, and where no proxy is wanted', async () => {
    for (const [name, value] of [
      ['http.noProxy', [apiHost]],
      ['http.proxySupport', 'off'],
    ] as const) {
      await setUserSetting(name, value);
      const { code, message } = await failureOf('recall.refreshBots', {});
      assert.equal(code, 'nameNotFound', name);
      assert.match(message, /^Recall cannot be reached: the name api\.recall\.test could not be resolved/);
      await setUserSetting(name, undefined);
    }
    assert.deepEqual(recall.proxy.tunnels, []);
    assert.equal(await run('recall.refreshBots', {}), undefined);
  });

  it('trusts what the system trusts only as long as http.systemCertificates is on', async () => {
    await setUserSetting('http.systemCertificates', false);
    await recall.proxy.hangUp();
    const { code, message } = await failureOf('recall.refreshBots', {});
    assert.equal(code, 'certificate');
    assert.match(message, /certificate of api\.recall\.test is not trusted.*http\.systemCertificates/);
    assert.deepEqual(recall.simulator.requests, []);
    await setUserSetting('http.systemCertificates', true);
    assert.equal(await run('recall.refreshBots', {}), undefined);
  });

  inCurrentVersion('takes up another proxy without a restart', async () => {
    await setUserSetting('http.proxy', 'http://127.0.0.1:1');
    assert.equal((await failureOf('recall.refreshBots', {})).code, 'network');
    await setUserSetting('http.proxy', recall.proxy.url);
    assert.equal(await run('recall.refreshBots', {}), undefined);
  });

  // The last one, since a bot that was sent is followed: its requests would come in between.
  it('sends a bot and downloads its MP3', async () => {
    const { simulator, proxy } = recall;
    simulator.setMeeting({ meetingMs: 1000 });
    const id = await run('recall.sendBot', { meetingUrl });
    assert.deepEqual(simulator.botIds(), [id]);
    simulator.advance(60_000);
    const [path] = await download(String(id));

    const artifact = simulator.idsOf(String(id)).recordings[0]?.audio[0] ?? '';
    await assertSameBytes(path, simulator.mediaBytes(artifact));
    assert.deepEqual(
      new Set(proxy.tunnels.map(({ target, status }) => `${target} ${status}`)),
      new Set([`${apiHost}:443 200`, `${mediaHost}:443 200`]),
    );
    assert.deepEqual(proxy.plainRequests, []);
  });
});
