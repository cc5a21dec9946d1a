import { inBackground } from '../host/progress.ts';
import type { Foundation } from './foundation.ts';
import type { KeysFeature } from './keys.ts';
import type { LateProduct } from './lateProduct.ts';

/** Starts the product as soon as there is a key for it to work with. Until then the view says that there is none. */
export function startWithKey(
  { owned, contextKeys, log }: Foundation,
  { account }: KeysFeature,
  product: LateProduct,
): void {
  const look = async (): Promise<void> => {
    if (product.isWanted()) return;
    const hasKey = await account.hasKey().catch((error: unknown) => {
      log.debug(`[start] the API key could not be looked up: ${String(error)}`);
      // The product tells it in its own way.
      return true;
    });
    if (product.isWanted()) return;
    if (hasKey) {
      await product.get();
      return;
    }
    contextKeys.set('recall.hasKey', false);
    contextKeys.set('recall.botsView', 'noKey');
  };
  const lookNow = (): void => {
    inBackground(log, look());
  };
  contextKeys.set('recall.botsView', 'loading');
  owned.add(account.onDidChange(lookNow));
  lookNow();
}
