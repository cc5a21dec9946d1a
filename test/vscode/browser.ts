import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';
import { atProcessEnd } from './processEnd.ts';
import { killNow, ownDescendants } from './processTree.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

/** How the browser's window is to be. */
export interface BrowserOptions {
  /** In CSS pixels. Default: 1400 by 900. */
  viewport?: { width: number; height: number };
  /** Device pixels per CSS pixel. Default: 1. */
  deviceScaleFactor?: number;
  /** By how much the pages are slowed down. Default: 1, not at all. */
  cpuThrottling?: number;
  /** The origins whose pages may use the clipboard without asking. */
  clipboardFor?: readonly string[];
}

/** A browser without a screen, with a profile of its own. */
export interface RunningBrowser {
  readonly context: BrowserContext;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a browser.
 * @throws ChromiumUnusableError when this computer lacks something that it needs
 */
export async function launchBrowser(options: BrowserOptions = {}): Promise<RunningBrowser> {
  const { executablePath, env } = await findChromium();
  const profile = makeTemporaryFolder('browser');
  try {
    const context = await chromium.launchPersistentContext(profile.path, {
      ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
      args: flags,
      env: { ...process.env, HOME: profile.path, XDG_CACHE_HOME: profile.path, ...env },
      headless: true,
      viewport: options.viewport ?? { width: 1400, height: 900 },
      deviceScaleFactor: options.deviceScaleFactor ?? 1,
      // The folders and processes here end themselves at a signal; two that do so get in each other's way.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const forget = atProcessEnd(() => {
      killNow(ownDescendants());
    });
    if (options.cpuThrottling !== undefined) slowDown(context, options.cpuThrottling);
    for (const origin of options.clipboardFor ?? []) await allowClipboard(context, origin);
    return {
      context,
      close: async () => {
        await context.close();
        forget();
        profile.remove();
      },
    };
  } catch (error) {
    profile.remove();
    throw error;
  }
}

function slowDown(context: BrowserContext, rate: number): void {
  context.on('page', (page) => {
    void throttle(page, rate);
  });
}

async function throttle(page: Page, rate: number): Promise<void> {
  try {
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate });
  } catch (error) {
    // A page that is closed at once needs no slowing down.
    if (!page.isClosed()) throw error;
  }
}

/** Lets the pages of `origin` read and write the clipboard without asking. */
export async function allowClipboard(context: BrowserContext, origin: string): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(origin).origin });
}
