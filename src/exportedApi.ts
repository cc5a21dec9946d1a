import * as vscode from 'vscode';
import type {
  DownloadMp3Options,
  ReadOptions,
  RecallApi,
  RecallBot,
  RecallRecording,
  RecallTranscript,
  SearchOptions,
  SendBotOptions,
} from './api.ts';
import { oneLine } from './language/oneLine.ts';
import type { KnownBot } from './bots/botStore.ts';
import { peopleOf } from './bots/people.ts';
import { meetingTitle } from './bots/meetingTitle.ts';
import { botGroup, newestStatus } from './bots/botStore.ts';
import { blankRecord, savedOf } from './bots/botRecords.ts';
import { decidedDestination } from './media/destination.ts';
import type { DestinationForBot } from './media/destination.ts';
import { readBotId } from './commands/calling/botTarget.ts';
import { InvalidArgumentError } from './commands/calling/caller.ts';
import { searchWorkspaceTranscripts } from './host/workspaceTranscripts.ts';
import type { SpokenRecording } from './media/spokenRecordings.ts';
import { neverAborted } from './network/abort.ts';
import { fieldOf } from './network/json.ts';
import { wordsOf } from './transcripts/searchLines.ts';
import { forScript } from './commands/calling/command.ts';
import type { CommandSurroundings } from './commands/calling/command.ts';
import { downloadForScript } from './commands/downloading/scriptDownload.ts';
import type { Parts } from './commands/calling/parts.ts';
import { sendForScript } from './commands/send/sendBot.ts';
import { settings } from './host/settings.ts';
import type { Recording } from './recall/bot.ts';
import { explainEnd, statusWords } from './recall/statusWords.ts';
import { mp3Of } from './media/kinds.ts';
import { MP3 } from './media/kinds/mp3.ts';

const DEFAULT_LIMIT = 50;

/** Makes what other extensions can do. */
export function exportedApi(
  parts: Parts,
  surroundings: CommandSurroundings,
  onDidChangeBots: RecallApi['onDidChangeBots'],
): RecallApi {
  const { store, list, client, people, spoken, log } = parts;
  const guarded = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
    forScript(`api.${name}`, work, surroundings);
  return Object.freeze({
    version: 1,
    sendBot: (options: SendBotOptions) =>
      guarded('sendBot', async () => {
        const bot = await sendForScript(parts, options, signalIn(options));
        return publicBot(store.get(bot.id) ?? { bot, record: blankRecord(bot.id) });
      }),
    listBots: () =>
      guarded('listBots', async () => {
        await list.refresh();
        return knownBots(parts);
      }),
    getBot: (botId: string) =>
      guarded('getBot', async () => {
        const bot = await client.getBot(readBotId(botId));
        store.put([bot]);
        await people.lookBriefly(bot.id);
        return publicBot(store.get(bot.id) ?? { bot, record: blankRecord(bot.id) });
      }),
    downloadMp3: (botId: string, options: DownloadMp3Options = {}) =>
      guarded('downloadMp3', () =>
        downloadForScript(parts, MP3, botId, {
          destination: destinationIn(options),
          signal: signalIn(options),
        }),
      ),
    getTranscript: (botId: string, options: ReadOptions = {}) =>
      guarded('getTranscript', async () => {
        const signal = signalIn(options) ?? neverAborted();
        return (await spoken.of(readBotId(botId), signal)).map(publicTranscript);
      }),
    searchTranscripts: (query: string, options: SearchOptions = {}) =>
      guarded('searchTranscripts', () => {
        const signal = signalIn(options) ?? neverAborted();
        return searchWorkspaceTranscripts({ query: readQuery(query), limit: limitIn(options), signal }, log);
      }),
    onDidChangeBots,
  });
}

function publicTranscript({ recordingId, path, lines }: SpokenRecording): RecallTranscript {
  return {
    recordingId,
    file: path === undefined ? undefined : vscode.Uri.file(path),
    lines: lines.map(({ startS, endS, speaker, text }) => ({ start: startS, end: endS, speaker, text })),
  };
}

function readQuery(query: unknown): string {
  if (typeof query === 'string' && wordsOf(query).length > 0) return query;
  throw new InvalidArgumentError(vscode.l10n.t('There has to be at least one word to look for.'));
}

function limitIn(options: unknown): number {
  const limit = fieldOf(options, 'limit') ?? DEFAULT_LIMIT;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
  throw new InvalidArgumentError(vscode.l10n.t('The option limit has to be a whole number from 1.'));
}

/** All bots that are known in this window. */
export function knownBots({ store }: Pick<Parts, 'store'>): readonly RecallBot[] {
  return store.list().map(publicBot);
}

function publicBot(known: KnownBot): RecallBot {
  const { bot, record } = known;
  const newest = bot.statusChanges.at(-1);
  return {
    id: bot.id,
    title: meetingTitle(known),
    name: shown(bot.name),
    meeting: { platform: shown(bot.meeting.platform), id: shown(bot.meeting.meetingId) },
    people: peopleOf(known),
    joinAt: shown(bot.joinAt),
    state: botGroup(bot),
    status: {
      code: shown(newest?.code),
      label: statusWords(newestStatus(bot), bot.joinAt).label,
      since: shown(newest?.createdAt),
    },
    reason: explainEnd(bot.statusChanges),
    recordings: bot.recordings.map(publicRecording),
    savedMp3s: savedOf(MP3, record).map(({ path }) => vscode.Uri.file(path)),
  };
}

function publicRecording(recording: Recording): RecallRecording {
  return {
    id: recording.id,
    startedAt: shown(recording.startedAt),
    completedAt: shown(recording.completedAt),
    expiresAt: shown(recording.expiresAt),
    mp3: shown(mp3Of(recording)?.status?.code),
  };
}

function shown(text: string | undefined): string | undefined {
  return text === undefined ? undefined : oneLine(text);
}

/** Other extensions are not all written in TypeScript, so what they pass is looked at. */
function signalIn(options: unknown): AbortSignal | undefined {
  const signal = fieldOf(options, 'signal');
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw new InvalidArgumentError(vscode.l10n.t('The option signal has to be an AbortSignal.'));
}

function destinationIn(options: unknown): DestinationForBot | undefined {
  const folder = fieldOf(options, 'folder');
  if (folder === undefined) return undefined;
  if (!(folder instanceof vscode.Uri) || folder.scheme !== 'file')
    throw new InvalidArgumentError(vscode.l10n.t('The option folder has to be the Uri of a folder on disk.'));
  const place = { folder: folder.fsPath, name: { pattern: settings.fileName(undefined) } };
  return decidedDestination(place);
}
