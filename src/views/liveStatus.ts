import * as vscode from 'vscode';
import type { BotStore } from '../bots/botStore.ts';
import { newestStatus } from '../bots/botStore.ts';
import { DisposableList } from '../host/disposables.ts';
import { BOTS_VIEW } from '../host/names.ts';
import { statusWords } from '../recall/statusWords.ts';

/** The status bar item: there while a bot is live, and loud while one waits to be admitted. */
export class LiveStatus implements vscode.Disposable {
  readonly #owned = new DisposableList();
  readonly #store: BotStore;
  readonly #item: vscode.StatusBarItem;

  constructor(store: BotStore) {
    this.#store = store;
    this.#item = this.#owned.add(
      vscode.window.createStatusBarItem('recall.live', vscode.StatusBarAlignment.Left, 50),
    );
    this.#item.name = vscode.l10n.t('Recall live bots');
    this.#item.command = `${BOTS_VIEW}.focus`;
    this.#owned.add(
      store.changes(() => {
        this.#draw();
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #draw(): void {
    const live = this.#store.live();
    if (live.length === 0) {
      this.#item.hide();
      return;
    }
    const waiting = live.filter(
      ({ bot }) => statusWords(newestStatus(bot), bot.joinAt).phase === 'waiting',
    ).length;
    this.#item.text = waiting > 0 ? `$(bell-dot) ${live.length}` : `$(record) ${live.length}`;
    const lines = [
      live.length === 1 ? vscode.l10n.t('1 live bot') : vscode.l10n.t('{0} live bots', live.length),
      ...(waiting > 0 ? [vscode.l10n.t('{0} waiting to be admitted to the meeting', waiting)] : []),
    ];
    this.#item.tooltip = lines.join('\n');
    this.#item.accessibilityInformation = { label: lines.join(', ') };
    this.#item.show();
  }
}
