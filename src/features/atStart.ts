import type { BotListeners } from '../host/botListeners.ts';
import type { TreeDoor } from '../views/treeDoor.ts';
import type { Foundation } from './foundation.ts';
import type { KeysFeature } from './keys.ts';

/** What is there from the start, and what the product works with once it is needed. */
export interface AtStart {
  readonly foundation: Foundation;
  readonly keys: KeysFeature;
  readonly treeDoor: TreeDoor;
  readonly botListeners: BotListeners;
}
