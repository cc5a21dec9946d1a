import * as l10n from '@vscode/l10n';
import { formatDuration } from '../language/duration.ts';
import { formatBytes, formatDate } from '../language/formats.ts';
import type { Bot, Recording } from '../recall/bot.ts';
import { recordedMs, timeOf } from '../recall/bot.ts';
import type { BotMp3 } from '../media/botMp3s.ts';
import { canBeHad } from '../media/botMp3s.ts';
import { newestStatus } from '../bots/botStore.ts';
import { formatRemaining } from './format.ts';
import { ICONS } from './icons.ts';
import type { Icon } from '../media/icon.ts';
import { isExpired, isRecorded, judgeMissingItem } from '../media/mediaReadiness.ts';
import { oneLine } from '../language/oneLine.ts';
import { nextLoss } from '../media/retention.ts';
import { hasFormatOf, mp3Of, wasAskedFor } from '../media/kinds.ts';
import { MP3 } from '../media/kinds/mp3.ts';
import type { MediaAbilities } from '../media/kinds/kind.ts';

/** How a recording, or a part of one, looks. Texts are plain text. */
export interface RecordingDescription {
  readonly label: string;
  /** State, or how soon it is deleted, and length, for the line behind the label. */
  readonly detail: string;
  readonly icon: Icon;
  /** A whole sentence for a screen reader. */
  readonly spoken: string;
  /** What can be done with it now. */
  readonly abilities: ReadonlySet<RecordingAbility>;
}

/** Words for the context value of a recording's tree item; menus match them, and those of bots are the same. */
export type RecordingAbility = MediaAbilities['saved' | 'canDownload'];

/** Puts one of a bot's MP3s into words, an icon and the things that can be done with it. */
export function describeRecording(bot: Bot, mp3: BotMp3, now: number): RecordingDescription {
  const label = recordingLabel(mp3);
  const state = stateOf(bot, mp3, now);
  const lossAt = nextLoss(bot, [mp3], now);
  const loss = lossAt === undefined ? undefined : lossWords(lossAt - now);
  const length = lengthOf(mp3);
  return {
    label,
    detail: present([loss ?? state.words, length]).join(' · '),
    icon: lossAt === undefined ? state.icon : ICONS.expiring,
    spoken: present([label, state.words, loss, length && spokenLength(length)]).join(', '),
    abilities: abilitiesOf(bot, mp3, now),
  };
}

/** `Recording 1, Saved, 29:45, 14 MB, kept by Recall until …`; what is not known is left out. */
export function recordingLine(bot: Bot, mp3: BotMp3, now: number): string {
  const expiresAt = timeOf(mp3.recording?.expiresAt);
  return present([
    recordingLabel(mp3),
    stateOf(bot, mp3, now).words,
    lengthOf(mp3),
    mp3.saved && formatBytes(mp3.saved.bytes),
    Number.isFinite(expiresAt) && expiresAt > now
      ? l10n.t('kept by Recall until {0}', formatDate('dateAndTime', expiresAt))
      : undefined,
  ]).join(', ');
}

/** How long the bot's recordings are, and how many if several; undefined when nothing is known of either. */
export function recordedLength({ recordings }: Bot): string | undefined {
  const lengths = recordings.map(recordedMs).filter((length) => length !== undefined);
  const total =
    lengths.length === 0 ? undefined : formatDuration(lengths.reduce((sum, length) => sum + length, 0));
  if (recordings.length <= 1) return total;
  return total === undefined
    ? l10n.t('{0} recordings', recordings.length)
    : l10n.t('{0} recordings, {1}', recordings.length, total);
}

/** How soon Recall deletes an MP3 that is not on this computer. @param leftMs milliseconds */
export function lossWords(leftMs: number): string {
  return MP3.states.deletedIn(formatRemaining(leftMs));
}

/** A length for a screen reader, which cannot tell it from a time of day. */
export function spokenLength(length: string): string {
  return l10n.t('{0} long', length);
}

function recordingLabel({ recordingNumber, partNumber, isPart }: BotMp3): string {
  return isPart
    ? l10n.t('Recording {0}, part {1}', recordingNumber, partNumber)
    : l10n.t('Recording {0}', recordingNumber);
}

/** Of a part the length is not known: Recall tells that of the whole recording only. */
function lengthOf({ recording, isPart }: BotMp3): string | undefined {
  const length = recording && !isPart ? recordedMs(recording) : undefined;
  return length === undefined ? undefined : formatDuration(length);
}

function abilitiesOf(bot: Bot, mp3: BotMp3, now: number): ReadonlySet<RecordingAbility> {
  if (mp3.saved) return new Set([MP3.abilities.saved]);
  return new Set(canBeHad(bot, mp3, now) ? [MP3.abilities.canDownload] : []);
}

interface RecordingState {
  readonly words: string;
  readonly icon: Icon;
}

function stateOf(bot: Bot, mp3: BotMp3, now: number): RecordingState {
  if (mp3.saved) return { words: MP3.line.state(), icon: MP3.line.icon };
  const { recording } = mp3;
  if (newestStatus(bot) === 'media_expired' || (recording && isExpired(recording, now)))
    return { words: l10n.t('Media expired'), icon: ICONS.expired };
  if (!recording) return { words: l10n.t('Deleted'), icon: ICONS.noMp3 };
  if (!isRecorded(bot, recording)) return { words: l10n.t('Recording'), icon: ICONS.recording };
  return stateOfMp3(bot, recording, mp3, now);
}

function stateOfMp3(bot: Bot, recording: Recording, { artifactId }: BotMp3, now: number): RecordingState {
  if (recording.status?.code === 'deleted') return stateOfCode('deleted');
  if (artifactId === undefined) return stateWithoutMp3(bot, recording, now);
  const item = mp3Of(recording);
  const told = item?.id === artifactId ? item : undefined;
  // A part that Recall does not tell of was ready when it was found.
  if (!told) return stateOfCode('done');
  if (!hasFormatOf(MP3, told)) return { words: MP3.states.none(), icon: ICONS.noMp3 };
  return stateOfCode(told.status?.code ?? recording.status?.code ?? 'done');
}

function stateWithoutMp3(bot: Bot, recording: Recording, now: number): RecordingState {
  if (recording.status?.code === 'failed') return stateOfCode('failed');
  if (wasAskedFor(MP3, bot) === false) return { words: MP3.states.notAsked(), icon: ICONS.noMp3 };
  return judgeMissingItem(MP3, bot, recording, now).kind === 'wait'
    ? stateOfCode('processing')
    : { words: MP3.states.none(), icon: ICONS.noMp3 };
}

function stateOfCode(code: string): RecordingState {
  switch (code) {
    case 'processing':
      return { words: MP3.states.making(), icon: ICONS.finishing };
    case 'done':
      return { words: MP3.states.ready(), icon: ICONS.done };
    case 'failed':
      return { words: MP3.states.failed(), icon: ICONS.failed };
    case 'deleted':
      return { words: l10n.t('Deleted'), icon: ICONS.noMp3 };
    default:
      return { words: oneLine(code), icon: ICONS.unknown };
  }
}

function present(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}
