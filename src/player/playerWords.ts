import * as vscode from 'vscode';
import type { PlayerWords } from './protocol.ts';

/** The texts of the page. */
export function playerWords(): PlayerWords {
  return {
    play: vscode.l10n.t('Play'),
    pause: vscode.l10n.t('Pause'),
    back: vscode.l10n.t('Back 5 seconds'),
    forward: vscode.l10n.t('Forward 5 seconds'),
    speed: vscode.l10n.t('Speed'),
    time: vscode.l10n.t('Time'),
    search: vscode.l10n.t('Search in transcript'),
    previousHit: vscode.l10n.t('Previous match'),
    nextHit: vscode.l10n.t('Next match'),
    hits: vscode.l10n.t('{0} of {1}'),
    noHits: vscode.l10n.t('No matches'),
    transcript: vscode.l10n.t('Transcript'),
    playFromBySpeaker: vscode.l10n.t('Play from {0}, {1}'),
    backToSpoken: vscode.l10n.t('Back to what is spoken'),
    speakers: vscode.l10n.t('Who spoke when'),
    unknownSpeaker: vscode.l10n.t('Unknown speaker'),
    otherSpeakers: vscode.l10n.t('Others'),
    share: vscode.l10n.t('{0}, {1}% of the time'),
    cannotPlay: vscode.l10n.t('This file cannot be played. It may be damaged, moved or deleted.'),
  };
}
