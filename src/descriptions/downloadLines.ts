import type { BotDownloadProgress } from '../media/mediaDownloads.ts';
import type { Clock } from '../network/clock.ts';
import { downloadLine } from './botDescription.ts';

/** What drawing the lines of downloads works with. */
export interface DownloadLinesCollaborators {
  readonly clock: Clock;
  /** Undefined when nothing of the bot is downloaded. */
  readonly progressOf: (botId: string) => BotDownloadProgress | undefined;
  readonly draw: (botId: string) => void;
}

/**
 * A button of a line that is drawn anew is another one, and a click that has begun on the old one is lost. In ms; on a slow
 * computer drawing alone takes a part of that.
 */
const LEAST_BETWEEN_MS = 1000;

/** Draws the lines of bots with downloads anew: when they begin and end, and in between when they say something else. */
export class DownloadLines {
  readonly #with: DownloadLinesCollaborators;
  readonly #drawn = new Map<string, { readonly text: string; readonly at: number }>();
  readonly #waiting = new Map<string, () => void>();

  constructor(collaborators: DownloadLinesCollaborators) {
    this.#with = collaborators;
  }

  /** Takes note that a download of the bot has begun, got on or ended. */
  changed(botId: string): void {
    const { clock, progressOf } = this.#with;
    const drawn = this.#drawn.get(botId);
    const progress = progressOf(botId);
    if (!drawn || !progress) this.#draw(botId);
    else if (!this.#waiting.has(botId) && downloadLine(progress) !== drawn.text)
      this.#waiting.set(
        botId,
        clock.schedule(Math.max(0, drawn.at + LEAST_BETWEEN_MS - clock.now()), () => {
          this.#draw(botId);
        }),
      );
  }

  dispose(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #draw(botId: string): void {
    this.#waiting.get(botId)?.();
    this.#waiting.delete(botId);
    const progress = this.#with.progressOf(botId);
    if (progress) this.#drawn.set(botId, { text: downloadLine(progress), at: this.#with.clock.now() });
    else this.#drawn.delete(botId);
    this.#with.draw(botId);
  }
}
