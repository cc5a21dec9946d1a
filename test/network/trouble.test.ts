import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { failureOf, run } from '../host/recallUnderTest.ts';
import { apiHost, mediaHost, untrustedIdentity, withTrustedAuthority } from './conditions.ts';
import { setUserSetting, useProxy, useRecallBehindProxy } from './recallBehindProxy.ts';

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly message: string;
}

describe('trouble on the way through a proxy is put in words', () => {
  const recall = useRecallBehindProxy();

  /** What a command says, and where the connection test stops. */
  async function trouble(): Promise<{ code: unknown; message: string; test: Step }> {
    const { code, message } = await failureOf('recall.refreshBots', {});
    return { code, message, test: await failingStep() };
  }

  it('when there is no proxy at its address', async () => {
    await useProxy(`http://127.0.0.1:${await unusedPort()}`);
    const { code, message, test } = await trouble();
    assert.equal(code, 'network');
    assert.match(
      message,
      /^Recall cannot be reached: the connection to api\.recall\.test was refused\. .*http\.proxy/,
    );
    assert.deepEqual([test.step, test.message], ['connection', message]);
  });

  it('when the name of the proxy is unknown', async () => {
    await useProxy('http://proxy.recall.test:3128');
    const { code, message, test } = await trouble();
    assert.equal(code, 'proxy');
    assert.match(
      message,
      /the name of the proxy, proxy\.recall\.test, could not be resolved\. .*http\.proxy/,
    );
    assert.deepEqual([test.step, test.message], ['connection', message]);
  });

  it('when the proxy wants a log-in that it does not get', async () => {
    recall.proxy.askForLogIn('ada:secret');
    const { code, message, test } = await trouble();
    assert.equal(code, 'proxy');
    assert.match(message, /proxy asks for a user name and password .*http\.proxy/);
    assert.equal(test.step, 'connection');
  });

  it('when the proxy gets a wrong log-in, without repeating it', async () => {
    recall.proxy.askForLogIn('ada:secret');
    await useProxy(`http://ada:wrongword@127.0.0.1:${recall.proxy.port}`);
    const { code, message, test } = await trouble();
    assert.equal(code, 'proxy');
    assert.ok(!`${message}${test.message}`.includes('wrongword'));
  });

  it('when the proxy refuses the host', async () => {
    recall.proxy.refuse([apiHost]);
    const { code, message, test } = await trouble();
    assert.equal(code, 'proxy');
    assert.match(message, /the proxy did not connect \(status 403\).*http\.proxy/);
    assert.equal(test.step, 'connection');
  });

  it('when the proxy does not know the host either', async () => {
    await setUserSetting('recall.apiBaseUrl', 'https://unknown.recall.test');
    try {
      assert.match((await failingStep()).message, /the proxy did not connect \(status 502\)/);
    } finally {
      await setUserSetting('recall.apiBaseUrl', `https://${apiHost}`);
    }
  });

  it('when the certificate is from an authority that the system does not know', async () => {
    recall.front.show(apiHost, untrustedIdentity);
    await recall.proxy.hangUp();
    const { code, message, test } = await trouble();
    assert.equal(code, 'certificate');
    assert.match(message, /^Recall cannot be reached: the certificate of api\.recall\.test is not trusted/);
    assert.match(message, /add its certificate to the system and check the setting http\.systemCertificates/);
    assert.deepEqual([test.step, test.message], ['connection', message]);
    assert.ok(recall.proxy.tunnels.length > 0);
    assert.deepEqual(recall.simulator.requests, []);
  });

  it('to a person in one message, with the way to the setting', async () => {
    recall.proxy.refuse([apiHost]);
    const steps = await run('recall.testConnection');
    assert.ok(Array.isArray(steps));
    const errors = recall.shown.all.filter((text) => text.startsWith('show'));
    assert.equal(errors.length, 1);
    assert.match(
      errors[0] ?? '',
      /^showErrorMessage: The connection test stopped at the connection\. Recall cannot be reached: the proxy did not connect .* http\.proxy is set to 127\.0\.0\.1:\d+\. \| Open Settings \| Show Log$/,
    );
  });
});

withTrustedAuthority('trouble on the way to the media store alone', () => {
  const recall = useRecallBehindProxy();

  beforeEach(() => {
    recall.simulator.addBot();
  });

  it('is the certificate: a download says so at once', async () => {
    recall.front.show(mediaHost, untrustedIdentity);
    const [id] = recall.simulator.botIds();
    const { code, message } = await failureOf('recall.downloadMp3', id);
    assert.equal(code, 'certificate');
    assert.match(message, /certificate of media\.recall\.test is not trusted.*http\.systemCertificates/);
    const step = await failingStep();
    assert.deepEqual([step.step, step.message], ['media', message]);
  });

  it('is the proxy: the connection test says so', async () => {
    recall.proxy.refuse([mediaHost]);
    const { step, message } = await failingStep();
    assert.equal(step, 'media');
    assert.match(message, /the proxy did not connect \(status 403\).*http\.proxy/);
  });

  it('is shown as such to a person', async () => {
    recall.proxy.refuse([mediaHost]);
    await run('recall.testConnection');
    assert.match(
      recall.shown.all.at(-1) ?? '',
      /^showErrorMessage: The connection test stopped at the media store\. .* \| Open Settings \| Show Log$/,
    );
  });
});

withTrustedAuthority('a connection test without trouble', () => {
  const recall = useRecallBehindProxy();

  it('tells a person so, in one message', async () => {
    recall.simulator.addBot();
    await run('recall.testConnection');
    assert.deepEqual(
      recall.shown.all.filter((text) => text.startsWith('show')),
      [
        `showInformationMessage: The connection works. ${apiHost} accepts the API key. Recordings can be fetched from ${mediaHost}.`,
      ],
    );
  });

  it('says that the media store was not tried without a recording', async () => {
    await run('recall.testConnection');
    assert.match(recall.shown.all.at(-1) ?? '', /There is no recording yet to test the media store with\.$/);
  });
});

/** The last step of the connection test, which has to have failed. */
async function failingStep(): Promise<Step> {
  const steps = (await run('recall.testConnection', {})) as readonly Step[];
  const last = steps.at(-1);
  assert.ok(last && !last.ok, 'nothing failed');
  assert.deepEqual(
    steps.filter(({ ok }) => !ok),
    [last],
  );
  return last;
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
