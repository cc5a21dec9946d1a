import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/simulator.ts';
import { launchBrowser, type BrowserOptions } from '../vscode/browser.ts';
import { packageExtension } from '../vscode/packaged.ts';
import { commandOf, ownDescendants, signalAll } from '../vscode/processTree.ts';
import type { VsCodeVersion } from '../vscode/install.ts';
import { startServer } from '../vscode/server.ts';
import { makeTemporaryFolder } from '../vscode/temporaryFolder.ts';
import { speedOfThisRun } from './speed.ts';
import { speak, type Translation } from './translation.ts';
import { waitFor } from './waiting.ts';
import { Workbench } from './workbench.ts';

/** What a session begins with. */
export interface SessionOptions {
  simulator?: SimulatorOptions;
  /** User settings, on top of those that lead to the simulator. */
  settings?: Readonly<Record<string, unknown>>;
  browser?: Omit<BrowserOptions, 'clipboardFor'>;
  /** Default: the current one. */
  version?: VsCodeVersion;
  /** Whether the folder is in Restricted Mode. Default: it is trusted. */
  restricted?: boolean;
  /** The folder to open, which is made when it does not exist. Default: a temporary one. */
  workspace?: string;
  /** A folder for screenshots. */
  screenshots?: string;
  /** The display language of VS Code, and what the extension's texts are in it. */
  translation?: Translation;
}

/** The packaged extension in a served VS Code in a browser, with a simulated Recall behind it. */
export interface Session {
  /** Another one after {@link Session.restartSimulator}. */
  readonly simulator: Simulator;
  readonly workbench: Workbench;
  /** Absolute path of the folder that is open. */
  readonly workspace: string;
  /** Absolute path of the folder that recordings go to. */
  readonly recordings: string;
  /** What the server of VS Code wrote so far. */
  readonly serverLog: () => string;
  /** Writes the user settings anew. */
  readonly writeSettings: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Opens the same folder in a second window. */
  readonly openSecondWindow: () => Promise<Workbench>;
  /** Puts text on the clipboard, as the person would have copied it. */
  readonly copy: (text: string) => Promise<void>;
  /** Starts a stopped simulator at its old address; it knows nothing of before. */
  readonly restartSimulator: () => Promise<void>;
  /** Kills the extension hosts of all windows, and waits until VS Code has begun new ones. The pages stay. */
  readonly killExtensionHosts: () => Promise<void>;
  /** Ends everything and removes what is temporary. May be called more than once. */
  readonly close: () => Promise<void>;
}

/** A key that looks like one of Recall's. */
export const sampleApiKey = '0123456789abcdef0123456789abcdef01234567';

/**
 * The mouse passes over lines on its way, and what VS Code shows of them then comes late on a slow computer, lies over
 * what is clicked next, and stays. Who wants a hover asks for it.
 */
const noHovers = { 'workbench.hover.delay': 3_600_000 };

/**
 * Starts everything that a person needs to work with the extension. The extension is packaged unless
 * `out/recall-meeting-audio.vsix` is there and `reuse` says to take it.
 */
export async function startSession(options: SessionOptions & { reuse?: boolean } = {}): Promise<Session> {
  const speed = speedOfThisRun();
  const { vsix } = await packageExtension({ reuse: options.reuse ?? false });
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    let simulator = await startSimulator(options.simulator);
    const apiPort = Number(new URL(simulator.apiOrigin).port);
    closers.push(() => simulator.close());
    const workspace = options.workspace ?? temporaryFolder(closers);
    await mkdir(workspace, { recursive: true });
    const baseSettings = { 'recall.apiBaseUrl': simulator.apiOrigin, ...noHovers, ...options.settings };
    const server = await startServer({
      version: options.version ?? 'current',
      form: 'front',
      workspaceTrust: options.restricted ?? false,
      extensions: [vsix],
      settings: baseSettings,
      niceness: speed.hostNiceness,
    });
    closers.push(() => server.stop());
    const browser = await launchBrowser({
      ...options.browser,
      cpuThrottling: speed.cpuThrottling,
      clipboardFor: [server.url],
    });
    closers.push(() => browser.close());
    if (options.translation) await speak(options.translation, server.dataDir, browser.context);
    const openWindow = async (): Promise<Workbench> =>
      Workbench.open(await browser.context.newPage(), server.url, {
        folder: workspace,
        ...(options.screenshots !== undefined && { screenshots: options.screenshots }),
      });
    const workbench = await openWindow();
    return {
      get simulator() {
        return simulator;
      },
      workbench,
      workspace,
      recordings: join(workspace, 'recordings'),
      serverLog: () => server.log(),
      writeSettings: (settings) => server.writeSettings({ ...baseSettings, ...settings }),
      openSecondWindow: openWindow,
      copy: (text) => workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`),
      restartSimulator: async () => {
        await simulator.close();
        simulator = await startSimulator({ ...options.simulator, apiPort });
      },
      killExtensionHosts,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function killExtensionHosts(): Promise<void> {
  const hosts = extensionHosts();
  if (hosts.length === 0) throw new Error('No extension host runs.');
  signalAll(hosts, 'SIGKILL');
  await waitFor('the extension hosts that VS Code starts for those which were killed', () => {
    const others = extensionHosts().filter((pid) => !hosts.includes(pid));
    return Promise.resolve(others.length >= hosts.length ? true : undefined);
  });
}

function extensionHosts(): number[] {
  return ownDescendants().filter((pid) => commandOf(pid).includes('--type=extensionHost'));
}

function temporaryFolder(closers: (() => unknown)[]): string {
  const folder = makeTemporaryFolder('meetings');
  closers.push(folder.remove);
  return folder.path;
}
