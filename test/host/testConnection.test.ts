import assert from 'node:assert/strict';
import { run, secretName, setSetting, testKey, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly message: string;
}

inTrustedFolder('recall.testConnection', () => {
  const recall = useRecall();

  async function lastStep(): Promise<Step | undefined> {
    const steps = (await run('recall.testConnection', {})) as readonly Step[];
    for (const { message } of steps) assert.match(message, /^[A-Z0-9].*\.$/);
    assert.deepEqual(recall.shown.all, [], 'a script was shown something');
    return steps.at(-1);
  }

  it('passes, with the media store when there is a recording', async () => {
    assert.deepEqual([(await lastStep())?.step, (await lastStep())?.ok], ['region', true]);
    recall.simulator.addBot();
    assert.deepEqual([(await lastStep())?.step, (await lastStep())?.ok], ['media', true]);
  });

  it('fetches no more of a recording than a byte', async () => {
    recall.simulator.addBot();
    await lastStep();
    const media = recall.simulator.requests.filter(({ origin }) => origin === 'media');
    assert.deepEqual(
      media.map(({ headers }) => [headers.range, headers.authorization]),
      [['bytes=0-0', undefined]],
    );
  });

  it('stops at a key that is missing or refused, after the connection was tested', async () => {
    const { access, simulator } = recall;
    simulator.acceptOnlyKeys([]);
    const refused = await lastStep();
    assert.deepEqual([refused?.step, refused?.ok], ['key', false]);
    assert.match(refused?.message ?? '', /did not accept the API key/);

    await access.secrets.delete(secretName(simulator.apiOrigin));
    try {
      simulator.clearRequests();
      const missing = await lastStep();
      assert.deepEqual([missing?.step, missing?.ok], ['key', false]);
      assert.match(missing?.message ?? '', /Recall: Set API Key/);
      assert.equal(simulator.requests.length, 1);
    } finally {
      await access.secrets.store(secretName(simulator.apiOrigin), testKey);
    }
  });

  it('stops at settings that lead nowhere', async () => {
    await setSetting('recall.apiBaseUrl', 'http://recall.example.com', 'user');
    const step = await lastStep();
    assert.deepEqual([step?.step, step?.ok], ['address', false]);
    assert.match(step?.message ?? '', /recall\.apiBaseUrl/);
  });

  const toPeople: { name: string; trouble: () => Promise<void>; shown: RegExp }[] = [
    {
      name: 'all is well',
      trouble: () => Promise.resolve(),
      shown:
        /^showInformationMessage: The connection works\. 127\.0\.0\.1:\d+ accepts the API key\. There is no recording yet/,
    },
    {
      name: 'the key is refused',
      trouble: () => {
        recall.simulator.acceptOnlyKeys([]);
        return Promise.resolve();
      },
      shown: /^showErrorMessage: The connection test stopped at the API key\. .* \| Set API Key \| Show Log$/,
    },
    {
      name: 'the settings lead nowhere',
      trouble: () => setSetting('recall.apiBaseUrl', 'nonsense', 'user'),
      shown:
        /^showErrorMessage: The connection test stopped at the settings\. .* \| Open Settings \| Show Log$/,
    },
  ];
  for (const { name, trouble, shown } of toPeople) {
    it(`tells a person in one message when ${name}`, async () => {
      await trouble();
      await run('recall.testConnection');
      const [message, ...others] = recall.shown.all.filter((text) => text.startsWith('show'));
      assert.match(message ?? '', shown);
      assert.deepEqual(others, []);
    });
  }
});
