import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Locator } from 'playwright-core';
import { fits, inWords, matches } from './shape.ts';
import type { Shape, Wanted } from './shape.ts';
import { waitFor } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** How the player stands. */
export interface PlayerState {
  readonly isPlaying: boolean;
  /** Where it is in the recording. */
  readonly seconds: number;
  /** What the page says of that, such as `0:04 / 0:10`. */
  readonly time: string;
  /** Such as `1.5`. */
  readonly speed: string;
  /** The text of the line that is lit; empty when none is. */
  readonly spoken: string;
  /** What is said about the hits, such as `1 of 2`. */
  readonly hits: string;
  /** The text of the hit that is shown. */
  readonly found: string;
  /** The parts of the text that are marked. */
  readonly marked: readonly string[];
  /** Names of those who have a lane. */
  readonly lanes: readonly string[];
  readonly problems: readonly string[];
  /** The name of what has the focus; empty when nothing has. */
  readonly focused: string;
}

const READ = `({
  isPlaying: !document.querySelector('audio').paused,
  seconds: document.querySelector('audio').currentTime,
  time: document.querySelector('.controls .time').textContent,
  speed: document.querySelector('.speed').value,
  spoken: document.querySelector('.line.spoken .text')?.textContent ?? '',
  hits: document.querySelector('.hit-count').textContent,
  found: document.querySelector('.line.found .text')?.textContent ?? '',
  marked: [...document.querySelectorAll('mark')].map((mark) => mark.textContent),
  lanes: [...document.querySelectorAll('.lane-name')].map((name) => name.textContent),
  problems: [...document.querySelectorAll('.problem')].map((problem) => problem.textContent),
  focused: document.activeElement?.getAttribute('aria-label') ?? '',
})`;

/** The page of the player in an editor of VS Code. */
export class PlayerPage {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  /** The one that plays this file, once it is shown. @param title the file's name without its extension */
  static async of({ page }: Workbench, title: Wanted): Promise<PlayerPage> {
    const frame = await waitFor(
      `The player of ${String(title)}`,
      async () => {
        for (const candidate of page.frames()) {
          // A frame that goes away while it is asked is none.
          const shown = await candidate
            .locator('h1.title')
            .allInnerTexts()
            .catch(() => []);
          if (shown[0] !== undefined && matches(shown[0], title)) return candidate;
        }
        return undefined;
      },
      { describe: () => Promise.resolve(page.frames().map((candidate) => candidate.url())) },
    );
    return new PlayerPage(frame);
  }

  /** The lines that are in the page. */
  lines(text: string | RegExp): Locator {
    return this.frame.locator('.line', { hasText: text });
  }

  /** Looks for a phrase by keystrokes, and goes to the first hit. */
  async search(phrase: string): Promise<void> {
    // Who opened it from the tree has the focus there.
    await this.frame.locator('h1.title').click();
    await this.frame.press('body', 'Control+f');
    await this.frame.locator('.search-field:focus').waitFor();
    await this.frame.locator('.search-field').pressSequentially(phrase);
    await this.expect({ hits: (hits) => /^– of [1-9]/.test(hits) });
    await this.nextHit();
  }

  /** Goes to the next hit by the Enter key. */
  async nextHit(): Promise<void> {
    await this.frame.locator('.search-field').press('Enter');
  }

  async state(): Promise<PlayerState> {
    return this.frame.evaluate<PlayerState>(READ);
  }

  /** Waits until the player stands like this. */
  async expect(wanted: Shape<PlayerState>): Promise<void> {
    await this.expectThat(inWords(wanted), (state) => fits<PlayerState>(state, wanted));
  }

  /** Waits until something is true of how the player stands. */
  async expectThat(what: string, isSo: (state: PlayerState) => boolean): Promise<PlayerState> {
    return waitFor(
      `A player with ${what}`,
      async () => {
        const state = await this.state();
        return isSo(state) ? state : undefined;
      },
      { describe: () => this.state() },
    );
  }

  /** What stands against using the page without sight or mouse, as axe-core finds it. */
  async barriers(): Promise<string[]> {
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await this.frame.evaluate(await readFile(axe, 'utf8'));
    return this.frame.evaluate<string[]>(`axe.run(document).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
  }
}
