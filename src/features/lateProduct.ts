import * as vscode from 'vscode';
import type { AtStart } from './atStart.ts';
import type * as productModule from './product.ts';
import type { Product } from './product.ts';

/** The product could not be loaded: most likely its files were replaced by those of another version. */
export class ProductNotLoadedError extends Error {
  override readonly name = 'ProductNotLoadedError';
  readonly code = 'notLoaded';
}

/**
 * The product behind the doors that `activate` opens: loaded and started when somebody comes through the first of them,
 * or when there is a key to work with. VS Code waits for what activation loads, so that is little.
 */
export class LateProduct implements vscode.Disposable {
  readonly #atStart: AtStart;
  #started: Promise<Product> | undefined;
  #isOver = false;

  constructor(atStart: AtStart) {
    this.#atStart = atStart;
  }

  /** Whether somebody has asked for it. */
  isWanted(): boolean {
    return this.#started !== undefined;
  }

  /** The product, started once. Throws ProductNotLoadedError; the next call then tries again. */
  get(): Promise<Product> {
    this.#started ??= this.#start();
    return this.#started;
  }

  /** Ends what it does for other windows to take over; resolves when they can. Does not start what was not. */
  async end(): Promise<void> {
    this.#isOver = true;
    const product = await this.#started?.catch(() => undefined);
    await product?.end();
  }

  dispose(): void {
    this.#isOver = true;
  }

  async #start(): Promise<Product> {
    const { startProduct } = await this.#load();
    if (this.#isOver) throw new vscode.CancellationError();
    return startProduct(this.#atStart);
  }

  async #load(): Promise<Pick<typeof productModule, 'startProduct'>> {
    try {
      return await import('./product.ts');
    } catch (error) {
      this.#started = undefined;
      this.#atStart.foundation.log.error(`[start] the product could not be loaded: ${String(error)}`);
      throw new ProductNotLoadedError(
        vscode.l10n.t('Recall Meeting Audio could not be loaded. Reload the window.'),
        { cause: error },
      );
    }
  }
}
