import * as l10n from '@vscode/l10n';

// Functions, since the language is not known yet when this file is loaded.
const sentences: ReadonlyMap<string, () => string> = new Map([
  [
    'cannot_command_completed_bot',
    () => l10n.t('This bot has left its meeting already, so nothing can be asked of it any more.'),
  ],
  [
    'cannot_command_unstarted_bot',
    () => l10n.t('This bot has not started yet. Cancel it instead, or wait until it joins.'),
  ],
  [
    'cannot_delete_bot',
    () => l10n.t('This bot cannot be cancelled any more. Make it leave the call instead.'),
  ],
  [
    'update_bot_failed',
    () => l10n.t('This bot is too close to its start to be changed. Cancel it, and send a new one.'),
  ],
  ['bot_initializing', () => l10n.t('This bot is starting at the moment. Try again in a few seconds.')],
  [
    'teams_blacklisted_tenant',
    () =>
      l10n.t(
        'The organisation of this Microsoft Teams meeting does not allow recording bots. Ask it to allow them.',
      ),
  ],
]);

/** What a refusal with this `code` means and what to do about it; undefined for a code that is not known here. */
export function refusalSentence(apiCode: string): string | undefined {
  return sentences.get(apiCode)?.();
}
