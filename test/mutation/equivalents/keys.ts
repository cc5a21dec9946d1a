import type { Equivalent } from '../equivalent.ts';

export const keys: readonly Equivalent[] = [];
