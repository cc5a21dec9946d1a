import type { MissingMedia, WantedMedia } from '../../media/findMedia.ts';
import type { NoMediaError } from '../../media/mediaErrors.ts';
import { findStandIn } from '../../media/standIn.ts';
import { neverAborted } from '../../network/abort.ts';
import type { Parts } from '../calling/parts.ts';
import { RemediedError } from '../calling/remediedError.ts';
import type { Remedy } from '../calling/remediedError.ts';

/** There is none of what bots are sent for, but what stands in for it. The sentence and the code are those of what is missing. */
export class OnlyStandInError extends RemediedError {
  override readonly name = 'OnlyStandInError';

  constructor(reason: NoMediaError, remedies: readonly Remedy[]) {
    super(reason.message, reason, { remedies, isFault: false });
  }
}

/**
 * The buttons that download what stands in, one for each kind.
 *
 * @param download downloads media for a person; does not throw
 */
export function standInRemedies(
  standIns: readonly WantedMedia[],
  download: (wanted: readonly WantedMedia[]) => Promise<void>,
): Remedy[] {
  const ofKinds = Map.groupBy(standIns, ({ kind }) => kind);
  return [...ofKinds].map(([kind, wanted]) => ({
    button: kind.words.download(),
    run: () => download(wanted),
  }));
}

/** What looking for what stands in works with. */
export type StandInParts = Pick<Parts, 'client' | 'clock' | 'log'>;

/** How what stands in for an MP3 is looked for. */
export interface StandInSearch {
  /** How long to wait for one that Recall is still making; 0 when left out. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

/** Looks for what stands in where there is no MP3. That there was no MP3 is what counts, so a failure here is only logged. */
export async function standInsFor(
  parts: StandInParts,
  botId: string,
  missing: readonly MissingMedia[],
  { patienceMs = 0, signal = neverAborted() }: StandInSearch = {},
): Promise<WantedMedia[]> {
  try {
    return await findStandIn(parts, botId, missing, signal, patienceMs);
  } catch (error) {
    parts.log.warn(`[download] ${botId}: what stands in could not be looked for: ${String(error)}`);
    return [];
  }
}
