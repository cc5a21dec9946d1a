/** Ends a subscription or frees what it holds. Calling it twice does no harm. */
export interface Subscription {
  dispose(): void;
}

/** A source of changes. The shape is that of VS Code's events, so views can pass it on as it is. */
export type Changes<T> = (listener: (change: T) => void) => Subscription;

/** Tells its listeners about changes, in the order in which they subscribed. */
export class ChangeSource<T> {
  readonly #listeners = new Set<(change: T) => void>();

  readonly changes: Changes<T> = (listener) => {
    const own = (change: T): void => {
      listener(change);
    };
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  /**
   * Calls every listener that is subscribed at this moment, even when one of them fails.
   *
   * @throws what the first failing listener threw, after all were called
   */
  tell(change: T): void {
    const failures: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
