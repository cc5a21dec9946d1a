import type * as vscode from 'vscode';

const BY_DAY = 'recall.botsByDay';

/** Remembers whether somebody wants the bots by days, for all windows to come. */
export class BotGrouping {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** Undefined when nobody has said so. */
  get byDayChosen(): boolean | undefined {
    const chosen: unknown = this.#memory.get(BY_DAY);
    return typeof chosen === 'boolean' ? chosen : undefined;
  }

  async choose(byDay: boolean): Promise<void> {
    await this.#memory.update(BY_DAY, byDay);
  }
}
