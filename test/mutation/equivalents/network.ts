import type { Equivalent } from '../equivalent.ts';

export const network: readonly Equivalent[] = [];
