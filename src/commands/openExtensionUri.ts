import * as vscode from 'vscode';
import { messages } from '../host/messages.ts';
import { settings } from '../host/settings.ts';
import { mp3InWorkspace } from '../host/workspaceTranscripts.ts';
import { readExtensionUri } from '../extensionUri.ts';
import type { ExtensionUri, KnownMeeting } from '../extensionUri.ts';
import { withoutSecrets } from '../meetings/meetingUrl.ts';
import { platformName } from '../meetings/platforms.ts';
import { ensureApiKey } from './account/apiKeyFlow.ts';
import { botNameFor } from './calling/botTarget.ts';
import { forPerson } from './calling/command.ts';
import type { CommandSurroundings } from './calling/command.ts';
import type { BotDownloadParts } from './downloading/botDownloads.ts';
import { downloadBots } from './downloading/botDownloads.ts';
import { sendWanted } from './send/sendBot.ts';
import type { SendBotParts } from './send/sendBot.ts';
import { isFirstPart } from '../media/besideMp3.ts';
import { MP3 } from '../media/kinds/mp3.ts';
import { NoMediaError } from '../media/mediaErrors.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { Parts } from './calling/parts.ts';

type LinkParts = SendBotParts & BotDownloadParts & Pick<Parts, 'records' | 'onDisk' | 'player'>;

/** Asks whether to do what a link wants; `detail` says what exactly. */
export type AskAboutLink = (question: string, detail: string, button: string) => Promise<boolean>;

/**
 * Does what a link to this extension asks for, such as `vscode://meeting-audio.recall-meeting-audio/send?url=…`, after
 * an explicit yes. Any web page can open such a link: nothing is sent or loaded before the yes, and while one question is
 * open no other link gets one. What was saved is played without a question.
 */
export function openExtensionUri(
  parts: LinkParts,
  surroundings: CommandSurroundings,
  ask: AskAboutLink = askInDialog,
): (uri: vscode.Uri) => Promise<void> {
  let isAsking = false;
  const askOnce: AskAboutLink = async (question, detail, button) => {
    isAsking = true;
    try {
      return await ask(question, detail, button);
    } finally {
      isAsking = false;
    }
  };
  return async (uri) => {
    if (isAsking) {
      surroundings.log.warn('[link] another link was opened while one waits for an answer; it was ignored');
      return;
    }
    await forPerson('link', () => follow(parts, uri, askOnce), surroundings);
  };
}

async function follow(parts: LinkParts, uri: vscode.Uri, ask: AskAboutLink): Promise<void> {
  const wanted = readExtensionUri(uri.path, uri.query);
  switch (wanted.kind) {
    case 'refused':
      parts.log.warn(`[link] refused: ${wanted.reason}`);
      void messages.warn(wanted.reason);
      return;
    case 'send':
      await sendIfWanted(parts, wanted.meeting, ask);
      return;
    case 'download':
      await downloadIfWanted(parts, wanted.botId, ask);
      return;
    case 'play':
      await play(parts, wanted);
  }
}

async function play(
  { records, onDisk, player, log }: LinkParts,
  { recordingId, seconds }: Extract<ExtensionUri, { kind: 'play' }>,
): Promise<void> {
  // The times are those of the recording, which its first part begins with.
  const all = (await records().all()).flatMap((record) =>
    savedOf(MP3, record).filter((saved) => saved.recordingId === recordingId && isFirstPart(record, saved)),
  );
  const [saved] = await onDisk(all);
  // A repository may hold what was saved on another computer.
  const mp3 = saved ? vscode.Uri.file(saved.path) : await mp3InWorkspace(recordingId, log);
  if (!mp3) {
    throw new NoMediaError(
      'notSaved',
      vscode.l10n.t(
        'The MP3 of this recording is not on this computer, or not where it was saved. Download it, or open the folder that has it beside its transcript.',
      ),
    );
  }
  await player.open(mp3, {}, seconds);
}

async function sendIfWanted(parts: LinkParts, meeting: KnownMeeting, ask: AskAboutLink): Promise<void> {
  const botName = settings.botName();
  const detail = [
    withoutSecrets(meeting.url),
    vscode.l10n.t('The bot joins as "{0}", visible to everybody in the meeting.', botName),
    meeting.warning,
  ];
  const isWanted = await ask(
    vscode.l10n.t('A link wants to send a bot to a meeting on {0}.', platformName(meeting.platform)),
    detail.filter((line) => line !== undefined).join('\n\n'),
    vscode.l10n.t('Send Bot'),
  );
  if (!isWanted || !(await ensureApiKey(parts))) return;
  await sendWanted(parts, { meeting, botName, joinAt: undefined, title: '' });
}

async function downloadIfWanted(parts: LinkParts, botId: string, ask: AskAboutLink): Promise<void> {
  const isWanted = await ask(
    vscode.l10n.t('A link wants to download the MP3 of {0}.', botNameFor(parts, botId)),
    vscode.l10n.t('Bot ID: {0}', botId),
    MP3.words.download(),
  );
  if (!isWanted || !(await ensureApiKey(parts))) return;
  await downloadBots(parts, [{ kind: MP3, botId }]);
}

async function askInDialog(question: string, detail: string, button: string): Promise<boolean> {
  return (await messages.askAbout(question, detail, button)) === button;
}
