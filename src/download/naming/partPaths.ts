import { join } from 'node:path';

/** The end of every state file's name. */
export const STATE_ENDING = '.part.json';

/** The files of one download, all in the same folder. */
export interface PartPaths {
  readonly folder: string;
  /** The file name without its extension. */
  readonly name: string;
  readonly extension: string;
  /** `NAME.mp3` */
  readonly target: string;
  /** `NAME.mp3.part` */
  readonly part: string;
  /** `NAME.mp3.part.json` */
  readonly state: string;
  /** The state file to be. Who creates it, and only who creates it, may replace the state file. */
  readonly nextState: string;
}

/** The paths of a download whose file is called `name` in `folder`. */
export function partPaths(folder: string, name: string, extension: string): PartPaths {
  const target = join(folder, `${name}.${extension}`);
  return {
    folder,
    name,
    extension,
    target,
    part: `${target}.part`,
    state: `${target}${STATE_ENDING}`,
    nextState: `${target}${STATE_ENDING}.next`,
  };
}

/** The wanted name first, then `NAME (2)`, `NAME (3)` and so on. */
export function numberedName(name: string, number: number): string {
  return number === 1 ? name : `${name} (${number})`;
}
