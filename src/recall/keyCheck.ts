import type { Log } from '../network/log.ts';
import { recallErrorCode } from './errors.ts';
import { REGIONS, regionOrigin } from './regions.ts';
import type { Region } from './regions.ts';
import type { ApiAccess, ApiTransport } from './transport.ts';

/**
 * Checks a key with the cheapest call there is.
 *
 * @throws RecallError `keyRefused` when the API does not accept it, others when it could not be asked
 */
export async function checkKey(
  transport: ApiTransport,
  access: ApiAccess,
  signal?: AbortSignal,
): Promise<void> {
  await transport.send(access, { method: 'GET', path: '/bot/', signal, maxRetries: 1 });
}

/** What asking the regions came to. */
export interface RegionSearch {
  /** The region that accepts the key; undefined when none did. */
  readonly accepting: Region | undefined;
  /** Regions that could not be asked, so that the search says nothing about them. */
  readonly unreached: readonly Region[];
}

/**
 * Asks all regions but one side by side whether they accept a key.
 *
 * @param refusedBy the region that refused it already
 */
export async function findRegionOfKey(
  transport: ApiTransport,
  key: string,
  refusedBy: Region,
  log: Log,
): Promise<RegionSearch> {
  const others = REGIONS.filter((region) => region !== refusedBy);
  const answers = await Promise.all(
    others.map(async (region) => {
      try {
        await checkKey(transport, { origin: regionOrigin(region), key });
        return { region, verdict: 'accepted' };
      } catch (error) {
        log.info(`[key] ${region}: ${error instanceof Error ? error.message : String(error)}`);
        return { region, verdict: recallErrorCode(error) === 'keyRefused' ? 'refused' : 'unreached' };
      }
    }),
  );
  return {
    accepting: answers.find(({ verdict }) => verdict === 'accepted')?.region,
    unreached: answers.filter(({ verdict }) => verdict === 'unreached').map(({ region }) => region),
  };
}
