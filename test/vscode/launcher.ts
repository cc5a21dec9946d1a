#!/usr/bin/env node
// Stands in for VS Code's executable: takes its command-line arguments, runs the extension tests they name in a
// served VS Code, and ends with the exit code of the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, fstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import type { VsCodeVersion } from './install.ts';
import { startServer, type RunningServer } from './server.ts';

/** What counts among VS Code's command-line arguments. */
interface LaunchArguments {
  developmentPaths: string[];
  testsPath: string;
  /** A folder, a `.code-workspace` file, or nothing. */
  toOpen: string | undefined;
  settings: Record<string, unknown>;
  extensionsDir: string | undefined;
  workspaceTrust: boolean;
}

const longestRunMs = 15 * 60_000;

/** The workbench logs to the same place as the tests; these are its lines on every start. */
const workbenchChatter =
  /^(Resolv(ing|ed) connection|Canceled: |No search provider|Creating a socket|Ignoring fetching|Updating additional|ChatSessionStore|\[(reconnection|Service Worker|AgentHost|AccountPolicy))/;

process.exit(await launch(process.argv.slice(2)));

async function launch(args: readonly string[]): Promise<number> {
  const desktop = process.env.RECALL_TEST_DESKTOP;
  if (desktop !== undefined && desktop !== '') return launchDesktop(desktop, args);
  endWithParent();
  const launchArguments = await readArguments(args);
  const server = await startServer({
    version: readVersion(process.env.RECALL_TEST_VERSION),
    form: 'bare',
    workspaceTrust: launchArguments.workspaceTrust,
    settings: launchArguments.settings,
    ...(launchArguments.extensionsDir === undefined ? {} : { extensionsDir: launchArguments.extensionsDir }),
  });
  try {
    return await runInBrowser(server, launchArguments);
  } finally {
    await server.stop();
  }
}

/** Starts a desktop VS Code with Workspace Trust on, which the official test launcher always turns off. */
async function launchDesktop(executable: string, args: readonly string[]): Promise<number> {
  const kept = args.filter((arg) => !/^--(disable|keep)-workspace-trust$/.test(arg));
  const desktop = spawn(executable, kept, { stdio: 'inherit' });
  const [exitCode] = (await once(desktop, 'exit')) as [number | null];
  return exitCode ?? 1;
}

/** A parent that is killed cannot pass that on, but its end of the pipe closes. */
function endWithParent(): void {
  const stdin = fstatSync(process.stdin.fd);
  if (!stdin.isSocket() && !stdin.isFIFO()) return;
  process.stdin.on('end', () => process.exit(1)).resume();
}

function readVersion(name: string | undefined): VsCodeVersion {
  return name === 'floor' ? 'floor' : 'current';
}

async function readArguments(args: readonly string[]): Promise<LaunchArguments> {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
      'keep-workspace-trust': { type: 'boolean' },
    },
  });
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const testsPath = text(values.extensionTestsPath);
  if (testsPath === undefined) throw new Error('--extensionTestsPath is missing: there is nothing to run.');
  return {
    developmentPaths: (values.extensionDevelopmentPath ?? []).flatMap((path) => text(path) ?? []),
    testsPath,
    toOpen: positionals[0],
    settings: await readSettings(text(values['user-data-dir'])),
    extensionsDir: text(values['extensions-dir']),
    workspaceTrust: values['disable-workspace-trust'] !== true || values['keep-workspace-trust'] === true,
  };
}

async function readSettings(userDataDir: string | undefined): Promise<Record<string, unknown>> {
  const file = join(userDataDir ?? '', 'User', 'settings.json');
  if (userDataDir === undefined || !existsSync(file)) return {};
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}

async function runInBrowser(server: RunningServer, launchArguments: LaunchArguments): Promise<number> {
  const browser = await launchBrowser({ clipboardFor: [server.url] });
  try {
    const page = await browser.context.newPage();
    const finished = Promise.withResolvers<number>();
    const fail = (why: string): void => {
      finished.reject(new Error(`${why}. The server wrote:\n${server.log()}`));
    };
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = format(...args);
      if (!workbenchChatter.test(line)) process.stdout.write(`${line}\n`);
    });
    await page.exposeFunction('codeAutomationExit', (exitCode: number) => {
      finished.resolve(exitCode);
    });
    page.on('crash', () => {
      fail('The page of the workbench crashed');
    });
    const timer = setTimeout(() => {
      fail(`The tests did not end within ${longestRunMs / 60_000} minutes`);
    }, longestRunMs);
    finished.promise.catch(() => undefined);
    await page.goto(testAddress(server, launchArguments));
    return await finished.promise.finally(() => {
      clearTimeout(timer);
    });
  } finally {
    await browser.close();
  }
}

function testAddress(
  server: RunningServer,
  { developmentPaths, testsPath, toOpen }: LaunchArguments,
): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${resolve(path)}`;
  const payload = [
    ...developmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ['extensionTestsPath', remote(testsPath)],
  ];
  const address = new URL(server.workbenchUrl(workbenchTarget(toOpen)));
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

function workbenchTarget(toOpen: string | undefined): { folder: string } | { workspace: string } | undefined {
  if (toOpen === undefined) return undefined;
  const path = resolve(toOpen);
  return path.endsWith('.code-workspace') ? { workspace: path } : { folder: path };
}
