import * as v from 'valibot';
import * as vscode from 'vscode';
import { botLabel, keptTitle, meetingTitle } from '../../bots/meetingTitle.ts';
import type { KnownBot } from '../../bots/botStore.ts';
import { allSaved, blankRecord, pathsOf } from '../../bots/botRecords.ts';
import { followMoves, saveOpen } from '../../host/followMoves.ts';
import { messages } from '../../host/messages.ts';
import { settings } from '../../host/settings.ts';
import { askForText } from '../../host/textInput.ts';
import { renamableFiles, renameFiles } from '../../media/renameSaved.ts';
import type { RenamableFile } from '../../media/renameSaved.ts';
import { anyBot, botTargets, readBotId } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import { readScriptArgument } from '../calling/scriptArgument.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** What renaming works with. */
export type RenameParts = PickBotParts & Pick<Parts, 'client' | 'records' | 'onDisk' | 'moving'>;

/** A bot before and after its meeting was renamed. */
interface Renamed {
  readonly before: KnownBot;
  readonly after: KnownBot;
}

/** Recall: Rename Meeting…. The title counts in this VS Code; neither Recall nor the meeting learns of it. */
export function renameMeeting(parts: RenameParts): CommandHandler {
  return async (caller) => {
    if (caller.kind === 'script') {
      const { botId, title } = readArgument(caller.argument);
      await setTitle(parts, botId, title);
      return;
    }
    const botIds = await botTargets(caller, parts, anyBot(vscode.l10n.t('Rename which meeting?')));
    const renamed: Renamed[] = [];
    for (const botId of botIds ?? []) {
      const before = await knownBot(parts, botId);
      const title = await askForTitle(before);
      if (title === undefined) break;
      renamed.push({ before, after: { ...before, record: await setTitle(parts, botId, title) } });
    }
    await offerFiles(parts, renamed);
  };
}

const scriptArgument = v.object({ botId: v.string(), title: v.string() });

function readArgument(argument: unknown): { readonly botId: string; readonly title: string } {
  const { botId, title } = readScriptArgument(
    scriptArgument,
    argument,
    vscode.l10n.t('The argument has to be an object with botId and title.'),
  );
  return { botId: readBotId(botId), title };
}

/** A bot whose ID was pasted may be in no list that was loaded. */
async function knownBot({ store, client }: RenameParts, botId: string): Promise<KnownBot> {
  const known = store.get(botId);
  if (known) return known;
  const bot = await client.getBot(botId);
  store.put([bot]);
  return store.get(botId) ?? { bot, record: blankRecord(botId) };
}

async function askForTitle(known: KnownBot): Promise<string | undefined> {
  const untitled = { ...known, record: { ...known.record, title: undefined } };
  const otherwise = botLabel(untitled, settings.botName());
  const answer = await askForText({
    title: vscode.l10n.t('Rename meeting'),
    placeholder: otherwise,
    prompt: vscode.l10n.t('The title counts in this VS Code. Leave it empty for "{0}".', otherwise),
    value: meetingTitle(known),
  });
  return answer?.kind === 'text' ? answer.text : undefined;
}

/** An empty title gives the meeting back the one that it has otherwise. */
async function setTitle(
  { store, records }: RenameParts,
  botId: string,
  text: string,
): Promise<KnownBot['record']> {
  const title = keptTitle(text);
  const record = await records().change(botId, () => ({ title: title === '' ? undefined : title }));
  store.putRecord(record);
  return record;
}

async function filesToRename(
  { onDisk, clock }: RenameParts,
  { before, after }: Renamed,
): Promise<readonly RenamableFile[]> {
  const there = new Set((await onDisk(allSaved(after.record))).flatMap(pathsOf));
  const files = renamableFiles(before, after, {
    patternIn: (folder) => settings.fileName(vscode.Uri.file(folder)),
    defaultBotName: settings.botName(),
    now: clock.now(),
  });
  return files.filter(({ path }) => there.has(path));
}

/** Saved files keep their names unless the person says otherwise. */
async function offerFiles(parts: RenameParts, renamed: readonly Renamed[]): Promise<void> {
  const files = await Promise.all(renamed.map((one) => filesToRename(parts, one)));
  const count = files.flat().length;
  if (count === 0) return;
  const rename = count === 1 ? vscode.l10n.t('Rename File') : vscode.l10n.t('Rename Files');
  const question =
    count === 1
      ? vscode.l10n.t('Rename the saved file as well?')
      : vscode.l10n.t('Rename the {0} saved files as well?', count);
  if ((await messages.info(question, rename)) !== rename) return;
  for (const one of renamed) await renameFilesOf(parts, one);
}

/** By what is there now: the question may have been answered long after. */
async function renameFilesOf(parts: RenameParts, { before, after }: Renamed): Promise<void> {
  const { store, moving } = parts;
  const records = parts.records();
  const { botId, title } = after.record;
  const record = await records.get(botId);
  // Another title came meanwhile, with a question of its own.
  if (record.title !== title) return;
  const files = await filesToRename(parts, { before, after: { ...after, record } });
  if (files.length === 0) return;
  await saveOpen(files.map(({ path }) => path));
  const moved = await renameFiles(moving, records, botId, files, (changed) => {
    store.putRecord(changed);
  });
  await followMoves(moved);
}
