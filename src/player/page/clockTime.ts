import { formatDuration } from '../../language/duration.ts';

/** A time in a recording as on a player: `0:12`, `1:02:03`. @param seconds less than a second is cut off; 0 when not known */
export function clockTime(seconds: number): string {
  return formatDuration(Number.isFinite(seconds) ? seconds * 1000 : 0);
}
