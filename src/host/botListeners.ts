import * as vscode from 'vscode';
import type { RecallBot } from '../api.ts';

/** Other extensions that want to know of changes. It costs nothing while there are none. */
export class BotListeners implements vscode.Disposable {
  readonly #emitter = new vscode.EventEmitter<readonly RecallBot[]>();
  readonly #listening = new Set<vscode.Disposable>();

  /** What they register with. A listener that fails is VS Code's to log. */
  readonly event: vscode.Event<readonly RecallBot[]> = (listener, thisArg, disposables) => {
    const inner = this.#emitter.event(listener, thisArg);
    const subscription = new vscode.Disposable(() => {
      this.#listening.delete(subscription);
      inner.dispose();
    });
    this.#listening.add(subscription);
    disposables?.push(subscription);
    return subscription;
  };

  /** Tells them all bots, which are looked up if there is anybody to tell. */
  tell(bots: () => readonly RecallBot[]): void {
    if (this.#listening.size > 0) this.#emitter.fire(bots());
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
