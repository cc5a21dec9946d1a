import type { MediaKind } from './kinds/kind.ts';

/** Where a bot's media go. */
export interface MediaDestination {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** The pattern of `recall.fileName`, or a finished name without extension that a person chose. */
  readonly name: { readonly pattern: string } | { readonly chosen: string };
}

/** Where a bot's media are to go. */
export interface DestinationForBot {
  /** Whether a person has yet to be asked. Such a download cannot go on by itself. */
  readonly asksFirst: boolean;
  /**
   * Decides it, as of this moment.
   *
   * @param nameUnder what a file would be called under a pattern
   */
  decide(nameUnder: (pattern: string) => string, kind: MediaKind): Promise<MediaDestination>;
}

/** A destination that is decided already. */
export function decidedDestination(place: MediaDestination): DestinationForBot {
  return { asksFirst: false, decide: () => Promise.resolve(place) };
}
