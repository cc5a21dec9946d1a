/** Allows or refuses one more request. */
export interface RateLimits {
  /** Seconds to wait when the endpoint's minute is full, else undefined and the request counts. */
  secondsToWait(endpoint: string, perMinute: number): number | undefined;
}

const minuteMs = 60_000;

/** Counts requests per endpoint over the last minute. @param now milliseconds since the epoch */
export function createRateLimits(now: () => number): RateLimits {
  const seen = new Map<string, readonly number[]>();
  return {
    secondsToWait: (endpoint, perMinute) => {
      const recent = (seen.get(endpoint) ?? []).filter((time) => time > now() - minuteMs);
      const oldest = recent[0];
      if (recent.length >= perMinute && oldest !== undefined) {
        return Math.max(1, Math.ceil((oldest + minuteMs - now()) / 1000));
      }
      seen.set(endpoint, [...recent, now()]);
      return undefined;
    },
  };
}
