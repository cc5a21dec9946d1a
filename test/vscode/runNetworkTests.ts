import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostNames } from '../network/conditions.ts';
import { makeCertificateAuthority } from '../unit/network/certificates.ts';
import { bundleHostTests } from './hostBundle.ts';
import { installServedVsCode, type VsCodeVersion } from './install.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import { packageExtension } from './packaged.ts';
import { outputFolder } from './repository.ts';
import { trustFor } from './systemCertificates.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

const { values: flags } = parseArgs({
  options: {
    /** In the oldest VS Code that is supported only; without a flag in both. */
    floor: { type: 'boolean', default: false },
    /** In the newest one only. */
    current: { type: 'boolean', default: false },
  },
});

const versions = (['current', 'floor'] as const).filter(
  (version) => flags[version] || flags.current === flags.floor,
);

/** What else than VS Code's settings could lead to a proxy or to trust. */
const networkVariables =
  /^((https?|all|no)_proxy|NODE_(OPTIONS|EXTRA_CA_CERTS|USE_SYSTEM_CA|TLS_REJECT_UNAUTHORIZED)|SSL_CERT_(FILE|DIR))$/i;

process.exitCode = await runNetworkTests();

/** Runs the tests of `test/network` in VS Code, in a network of their own; returns the exit code. */
async function runNetworkTests(): Promise<number> {
  const { folder: extension } = await packageExtension();
  const tests = await bundleHostTests('network');
  let exitCode = 0;
  for (const version of versions) {
    if (!(await runIn(version, extension, tests))) exitCode = 1;
  }
  return exitCode;
}

async function runIn(version: VsCodeVersion, extension: string, tests: string): Promise<boolean> {
  // Downloads may need the variables that the run has to do without.
  await installServedVsCode(version);
  const temporary = makeTemporaryFolder('net');
  try {
    const authority = makeCertificateAuthority('Recall test network');
    const trust = await trustFor(authority.cert, temporary.path);
    if ('why' in trust) {
      console.log(`NOT RUN, as ${trust.why}: the tests that need a certificate which the system trusts.`);
    }
    const resultsFile = join(outputFolder, 'results', `network-${version}.json`);
    await rm(resultsFile, { force: true });
    const launch = [
      process.execPath,
      ...(await launcherArguments(temporary.path, extension, tests)),
    ] as const;
    const [command, ...args] = 'prefix' in trust ? ([...trust.prefix, ...launch] as const) : launch;
    const editor = await startOwnedProcess(command, args, {
      env: {
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !networkVariables.test(name))),
        RECALL_TEST_RESULTS: resultsFile,
        RECALL_TEST_VERSION: version,
        RECALL_TEST_IDENTITY: 'prefix' in trust ? JSON.stringify(authority.issue(hostNames)) : '',
      },
    });
    editor.onOutput((text) => process.stdout.write(text));
    const exitCode = await editor.ended;
    await editor.stop();
    return await report(version, resultsFile, exitCode === 0);
  } finally {
    temporary.remove();
  }
}

async function launcherArguments(folder: string, extension: string, tests: string): Promise<string[]> {
  const [workspace, userData, extensions] = ['workspace', 'user', 'ext'].map((name) => join(folder, name));
  for (const path of [workspace, userData, extensions]) await mkdir(path ?? '', { recursive: true });
  return [
    join(import.meta.dirname, 'launcher.ts'),
    workspace ?? '',
    `--user-data-dir=${userData ?? ''}`,
    `--extensions-dir=${extensions ?? ''}`,
    `--extensionDevelopmentPath=${extension}`,
    `--extensionTestsPath=${tests}`,
    '--disable-workspace-trust',
  ];
}

async function report(version: VsCodeVersion, resultsFile: string, succeeded: boolean): Promise<boolean> {
  const results = existsSync(resultsFile)
    ? await readFile(resultsFile, 'utf8')
    : JSON.stringify({ passed: 0, failed: 1, skipped: 0 });
  await mkdir(dirname(resultsFile), { recursive: true });
  await writeFile(resultsFile, results);
  console.log(`network-${version} ${results}`);
  return succeeded;
}
