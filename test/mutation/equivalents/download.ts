import type { Equivalent } from '../equivalent.ts';

export const download: readonly Equivalent[] = [];
