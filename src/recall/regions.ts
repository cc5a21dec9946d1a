import * as l10n from '@vscode/l10n';
/** Recall.ai's deployments. Accounts, keys and bots of one are unknown to the others. */
export const REGIONS = ['us-west-2', 'us-east-1', 'eu-central-1', 'ap-northeast-1'] as const;

/** One of Recall.ai's deployments. */
export type Region = (typeof REGIONS)[number];

/** The region that new accounts are opened in, and the default of the setting. */
export const DEFAULT_REGION: Region = 'us-west-2';

// An older name of the us-east-1 deployment, still in use.
const ALIAS_ORIGIN = 'https://api.recall.ai';

// Functions, since the language is not known yet when this file is loaded.
const REGION_PLACES: Record<Region, () => string> = {
  'us-west-2': () => l10n.t('US West (Oregon)'),
  'us-east-1': () => l10n.t('US East (N. Virginia)'),
  'eu-central-1': () => l10n.t('Europe (Frankfurt)'),
  'ap-northeast-1': () => l10n.t('Asia Pacific (Tokyo)'),
};

/** Whether `value` names a known region. */
export function isRegion(value: unknown): value is Region {
  return REGIONS.some((region) => region === value);
}

/** Where the region is, for people: "US West (Oregon)". */
export function regionPlace(region: Region): string {
  return REGION_PLACES[region]();
}

/** The origin of the region's API, without a trailing slash. */
export function regionOrigin(region: Region): string {
  return `https://${region}.recall.ai`;
}

/** The region that an API origin belongs to; undefined for a gateway or another address. */
export function regionOfOrigin(origin: string): Region | undefined {
  if (origin === ALIAS_ORIGIN) return 'us-east-1';
  return REGIONS.find((region) => regionOrigin(region) === origin);
}

/** The page on which a person makes an API key for the region. */
export function apiKeysPage(region: Region): string {
  return `${regionOrigin(region)}/dashboard/developers/api-keys`;
}

/** The bot's page in the region's dashboard. */
export function botPage(region: Region, botId: string): string {
  return `${regionOrigin(region)}/dashboard/explorer/bot/${encodeURIComponent(botId)}`;
}
