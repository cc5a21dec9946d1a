import type { ApiKeys } from './apiKeys.ts';
import type { JsonView } from './botJson.ts';
import type { BotRegistry } from './botRegistry.ts';
import type { MeetingScript } from './botScript.ts';
import type { ApiFault } from './faults.ts';
import type { RateLimits } from './rateLimits.ts';
import type { TokenDownloads } from './tokenDownloads.ts';

/** What the API takes from the simulator. */
export interface RecallApiParts {
  readonly registry: BotRegistry;
  readonly keys: ApiKeys;
  readonly downloads: TokenDownloads;
  readonly botPageSize: number;
  readonly artifactPageSize: number;
  readonly order: 'newestFirst' | 'oldestFirst';
  readonly slashRedirectStatus: number;
  readonly dispatchLeadMs: number;
  readonly createTranscriptStatus: 200 | 201;
  /** Answers per minute and endpoint before 429; undefined for no limit. */
  readonly limits: RateLimits | undefined;
  now(): number;
  newId(): string;
  script(): MeetingScript;
  view(): JsonView;
}

/** A request to the API on its way to a route. */
export interface ApiRequest {
  readonly method: string;
  /** Whole URL on the API's own origin. */
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
  readonly faults: readonly ApiFault[];
}

/** A routed request. `id` is empty where the path has none. */
export interface RoutedRequest extends ApiRequest {
  readonly id: string;
}
