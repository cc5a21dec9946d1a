import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thirdPartyNotices } from '../../../scripts/thirdParty.ts';

describe('thirdPartyNotices', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'notices-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  async function addPackage(
    folder: string,
    manifest: Readonly<Record<string, unknown>>,
    files: Readonly<Record<string, string>>,
  ): Promise<void> {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'package.json'), JSON.stringify(manifest));
    for (const [name, text] of Object.entries(files)) await writeFile(join(root, folder, name), text);
  }

  it('has every package in the bundle once, with version, licence and its text', async () => {
    await addPackage(
      'node_modules/zebra',
      {
        name: 'zebra',
        version: '1.2.3',
        license: 'MIT',
        repository: { url: 'git+https://code.example/z.git' },
      },
      { 'LICENSE.md': 'Zebra licence\r\nline two\r\n', 'README.md': 'not this' },
    );
    await addPackage(
      'node_modules/@scope/ape',
      { name: '@scope/ape', version: '4.0.0', license: 'Apache-2.0' },
      { LICENSE: 'Ape licence', NOTICE: 'Ape notice' },
    );
    await addPackage(
      'node_modules/zebra/node_modules/ox',
      { name: 'ox', version: '0.1.0', license: 'ISC', repository: 'ox/ox' },
      { licence: 'Ox licence' },
    );
    const inputs = {
      'src/extension.ts': {},
      'node_modules/zebra/dist/index.js': {},
      'node_modules/zebra/dist/more.js': {},
      'node_modules/@scope/ape/index.js': {},
      'node_modules/zebra/node_modules/ox/index.js': {},
    };
    const notices = await thirdPartyNotices({ inputs }, root);

    const headings = [...notices.matchAll(/^=+\n(.*)$/gm)].map((match) => match[1]);
    assert.deepEqual(headings, ['@scope/ape 4.0.0', 'ox 0.1.0', 'zebra 1.2.3']);
    assert.match(
      notices,
      /zebra 1\.2\.3\nMIT\nhttps:\/\/code\.example\/z\.git\n\nZebra licence\nline two\n$/,
    );
    assert.match(notices, /Apache-2\.0\n\nApe licence\nApe notice\n/);
    assert.ok(!notices.includes('not this'));
  });

  it('takes our copy of the licence of a package that does not bring its own, and only then', async () => {
    await addPackage(
      'node_modules/@scope/mute',
      { name: '@scope/mute', version: '1.0.0', license: 'MIT' },
      {},
    );
    await addPackage(
      'node_modules/own',
      { name: 'own', version: '1.0.0', license: 'MIT' },
      { LICENSE: 'Own' },
    );
    await mkdir(join(root, 'scripts', 'licences', '@scope'), { recursive: true });
    await writeFile(join(root, 'scripts', 'licences', '@scope', 'mute.txt'), 'Kept licence\n');
    await writeFile(join(root, 'scripts', 'licences', 'own.txt'), 'Old licence\n');
    const inputs = { 'node_modules/@scope/mute/index.js': {}, 'node_modules/own/index.js': {} };
    const notices = await thirdPartyNotices({ inputs }, root);
    assert.match(notices, /@scope\/mute 1\.0\.0\nMIT\n\nKept licence\n/);
    assert.match(notices, /own 1\.0\.0\nMIT\n\nOwn\n$/);
  });

  it('accepts no package without a licence or without its text', async () => {
    await addPackage('node_modules/mute', { name: 'mute', version: '1.0.0', license: 'MIT' }, {});
    await addPackage('node_modules/bare', { name: 'bare', version: '1.0.0' }, { LICENSE: 'something' });
    await assert.rejects(
      thirdPartyNotices({ inputs: { 'node_modules/mute/index.js': {} } }, root),
      /mute does not bring the text/,
    );
    await assert.rejects(
      thirdPartyNotices({ inputs: { 'node_modules/bare/index.js': {} } }, root),
      /bare\/package\.json does not say/,
    );
  });
});
