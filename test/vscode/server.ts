import { mkdir, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { installServedVsCode, type ServedVsCode, type VsCodeVersion } from './install.ts';
import { startOwnedProcess, type OwnedProcess } from './ownedProcess.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

/** How to start a served VS Code. */
export interface ServerOptions {
  version: VsCodeVersion;
  /** `bare` takes a test payload; `front` keeps secrets over reloads and shows toasts. */
  form: 'bare' | 'front';
  /** Ask whether folders are trusted, as a desktop VS Code does. Default: every folder is trusted. */
  workspaceTrust?: boolean;
  /** User settings, on top of a few that keep the editor quiet. */
  settings?: Readonly<Record<string, unknown>>;
  /** VSIX files to install before the start. */
  extensions?: readonly string[];
  /** Further environment variables, which the extension host sees too. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Default: a free port. Give the one of an earlier server to be the same origin as it was. */
  port?: number;
  /** A folder for settings, extensions and state that outlives the server. Default: a temporary one. */
  dataDir?: string;
  /** How far the server and what it starts stand back for others: 0 to 19. Default: 0. */
  niceness?: number;
  /** A folder of extensions to use instead of the one in `dataDir`. */
  extensionsDir?: string;
}

/** A VS Code that answers on loopback. */
export interface RunningServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly port: number;
  /** Holds `data/User/settings.json` and `extensions/`. */
  readonly dataDir: string;
  /** The version of VS Code, for example `1.105.1`. */
  readonly version: string;
  /** What the server has written so far. */
  log(): string;
  /** The address of the workbench with a folder, a workspace file, or nothing open. */
  workbenchUrl(open?: { folder: string } | { workspace: string }): string;
  /** Writes the user settings anew; a running VS Code takes them over at once. */
  writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Ends the server and all that it started, and removes its temporary folder. */
  stop(): Promise<void>;
}

/** Thrown when VS Code does not come up; the message holds what it wrote. */
export class ServerStartError extends Error {
  readonly code = 'SERVER_START';
}

const readyWithinMs = 120_000;

/** Without these the editor greets, advertises, looks for updates, and covers itself with its own pages. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

const themes = {
  dark: { floor: 'Default Dark Modern', current: 'Dark 2026' },
  light: { floor: 'Default Light Modern', current: 'Light 2026' },
  'high-contrast': { floor: 'Default High Contrast', current: 'Default High Contrast' },
  'high-contrast-light': { floor: 'Default High Contrast Light', current: 'Default High Contrast Light' },
} as const;

/** The user settings for one of VS Code's own themes. */
export function themeSettings(theme: keyof typeof themes, version: VsCodeVersion): Record<string, unknown> {
  return { 'workbench.colorTheme': themes[theme][version], 'window.autoDetectColorScheme': false };
}

/** A marketplace of extensions that is never asked anything. */
const noGallery = '{}';

/**
 * Starts a served VS Code, after installing it when necessary, and waits until it answers.
 * @throws ServerStartError when it does not come up or an extension cannot be installed
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const installed = await installServedVsCode(options.version);
  const temporary = makeTemporaryFolder('vscode');
  const dataDir = options.dataDir ?? temporary.path;
  try {
    const env = await serverEnvironment(temporary.path, options.env);
    await writeUserSettings(dataDir, options.settings ?? {});
    for (const vsix of options.extensions ?? []) await installExtension(installed, vsix, dataDir, env);
    const program = await startOwnedProcess(installed.node, serverArguments(installed, dataDir, options), {
      env,
    });
    // What it starts from now on, such as the extension host, inherits it.
    if (options.niceness !== undefined) setPriority(program.pid, options.niceness);
    const port = await readyPort(program, options.form);
    return runningServer(installed, program, port, dataDir, temporary.remove);
  } catch (error) {
    temporary.remove();
    throw error;
  }
}

function runningServer(
  installed: ServedVsCode,
  program: OwnedProcess,
  port: number,
  dataDir: string,
  removeTemporary: () => void,
): RunningServer {
  const url = `http://127.0.0.1:${port}/`;
  return {
    url,
    port,
    dataDir,
    version: installed.version,
    log: program.log,
    workbenchUrl: (open) => `${url}?${new URLSearchParams(open ?? { ew: 'true' }).toString()}`,
    writeSettings: (settings) => writeUserSettings(dataDir, settings),
    stop: async () => {
      await program.stop();
      removeTemporary();
    },
  };
}

async function writeUserSettings(
  dataDir: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = join(dataDir, 'data', 'User', 'settings.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

async function installExtension(
  installed: ServedVsCode,
  vsix: string,
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const args = [installed.serverMain, '--install-extension', vsix, '--server-data-dir', dataDir, '--force'];
  const program = await startOwnedProcess(installed.node, args, { env });
  const exitCode = await program.ended;
  await program.stop();
  if (exitCode !== 0) throw new ServerStartError(`${vsix} could not be installed:\n${program.log()}`);
}

function serverArguments(installed: ServedVsCode, dataDir: string, options: ServerOptions): string[] {
  const extensions = options.extensionsDir ?? join(dataDir, 'extensions');
  const trust = options.workspaceTrust === true ? [] : ['--disable-workspace-trust'];
  const port = options.port ?? 0;
  if (options.form === 'bare') {
    // Without the smoke-test driver the workbench ignores the test payload in its address.
    return [
      ...[installed.serverMain, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--server-data-dir', dataDir, '--extensions-dir', extensions],
      ...['--enable-smoke-test-driver', '--telemetry-level', 'off', ...trust],
    ];
  }
  return [
    ...[installed.frontEntry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--user-data-dir', join(dataDir, 'data'), '--extensions-dir', extensions],
    ...['--config', join(dataDir, 'config.yaml'), '--disable-telemetry', '--disable-update-check'],
    ...['--disable-getting-started-override', ...trust],
  ];
}

/** The environment of this process without what would turn the server into something else, and with its own folders. */
async function serverEnvironment(
  folder: string,
  further: ServerOptions['env'] = {},
): Promise<NodeJS.ProcessEnv> {
  const home = join(folder, 'home');
  const scratch = join(folder, 'tmp');
  for (const path of [home, scratch]) await mkdir(path, { recursive: true });
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|CODE_SERVER_|ELECTRON_|XDG_|npm_)|^(PASSWORD|HASHED_PASSWORD|PORT)$/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    // The extension host leaves its sockets in one of these.
    TMPDIR: scratch,
    XDG_RUNTIME_DIR: scratch,
    EXTENSIONS_GALLERY: noGallery,
    ...further,
  };
}

async function readyPort(program: OwnedProcess, form: ServerOptions['form']): Promise<number> {
  const announcement =
    form === 'bare'
      ? /Extension host agent listening on (\d+)/
      : /HTTP server listening on http:\/\/[^:]+:(\d+)/;
  try {
    return await announcedPort(program, announcement);
  } catch (error) {
    await program.stop();
    throw error;
  }
}

function announcedPort(program: OwnedProcess, announcement: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new ServerStartError(`VS Code ${why}. It wrote:\n${program.log()}`));
    };
    const timer = setTimeout(() => {
      fail(`was not ready within ${readyWithinMs / 1000} seconds`);
    }, readyWithinMs);
    const look = (): void => {
      const port = announcement.exec(program.log())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    program.onOutput(look);
    look();
    void program.ended.then((exitCode) => {
      fail(`ended with ${exitCode ?? 'a signal'} before it was ready`);
    });
  });
}
