import type { MissingMedia, WantedMedia } from '../../media/findMedia.ts';
import type { NoMediaError } from '../../media/mediaErrors.ts';
import { neverAborted } from '../../network/abort.ts';
import type { Parts } from '../calling/parts.ts';
import { RemediedError } from '../calling/remediedError.ts';

/** There is none of what bots are sent for, but what stands in for it. The sentence and the code are those of what is missing. */
export class OnlyStandInError extends RemediedError {
  override readonly name = 'OnlyStandInError';

  /** @param download downloads what stands in, for a person; does not throw */
  constructor(reason: NoMediaError, standIn: WantedMedia, download: () => Promise<void>) {
    const remedies = [{ button: standIn.kind.words.download(), run: download }];
    super(reason.message, reason, { remedies, isFault: false });
  }
}

/** How what stands in for an MP3 is looked for. */
export interface StandInSearch {
  /** How long to wait for one that Recall is still making; 0 when left out. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

/** Looks for what stands in where there is no MP3. That there was no MP3 is what counts, so a failure here is only logged. */
export async function standInFor(
  { downloads, log }: Pick<Parts, 'downloads' | 'log'>,
  botId: string,
  missing: readonly MissingMedia[],
  { patienceMs = 0, signal = neverAborted() }: StandInSearch = {},
): Promise<WantedMedia | undefined> {
  try {
    return await downloads.standInFor(botId, missing, signal, patienceMs);
  } catch (error) {
    log.warn(`[download] ${botId}: what stands in could not be looked for: ${String(error)}`);
    return undefined;
  }
}
