/** How fast the two halves of VS Code are: slowness shows what a test takes for granted. */
export interface Speed {
  /** By how much Chromium slows the page down; 1 = not at all. */
  readonly cpuThrottling: number;
  /** The niceness of the server, and so of its extension host: 0 = as usual, 19 = last of all. */
  readonly hostNiceness: number;
}

/** The speeds by name. */
export const speeds = {
  '1x': { cpuThrottling: 1, hostNiceness: 0 },
  '4x': { cpuThrottling: 4, hostNiceness: 0 },
  'niced host': { cpuThrottling: 1, hostNiceness: 19 },
} as const satisfies Record<string, Speed>;

/** The environment variable that names the speed of a run. */
export const speedVariable = 'UI_TEST_SPEED';

/** The speed that this run is to have; full speed when none is named. Throws an Error for an unknown name. */
export function speedOfThisRun(): Speed {
  const name = process.env[speedVariable] ?? '1x';
  const speed = Object.entries(speeds).find(([known]) => known === name)?.[1];
  if (!speed) throw new Error(`${speedVariable} is one of ${Object.keys(speeds).join(', ')}, not ${name}.`);
  return speed;
}
