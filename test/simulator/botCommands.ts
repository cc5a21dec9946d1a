import { type ApiAnswer, completedBot, jsonAnswer, noSuchObject, unstartedBot } from './apiAnswers.ts';
import type { RecallApiParts, RoutedRequest } from './apiRequest.ts';
import { botJson } from './botJson.ts';
import { type Bot, deleteMedia, isLeaving, statusAt } from './botModel.ts';
import { type BotRequest, readBotChange, readBotRequest } from './botRequests.ts';
import { leaveCall, playMeeting } from './botScript.ts';
import { faultOfKind } from './faults.ts';
import { recordingConfigEcho } from './recordingConfig.ts';

/** `POST /bot/`: makes a bot whose whole meeting is laid out at once. */
export function createBot(request: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const read = readBotRequest(request.body);
  if ('errors' in read) return jsonAnswer(400, read.errors);
  const bot = newBot(read.value, faultOfKind(request.faults, 'echoWithoutMp3') !== undefined, parts);
  parts.registry.add(bot);
  return jsonAnswer(201, botJson(bot, parts.view()));
}

function newBot(asked: BotRequest, withoutMp3: boolean, parts: RecallApiParts): Bot {
  const now = parts.now();
  const sent = asked.recordingConfig;
  const echo = sent === null ? null : recordingConfigEcho(sent ?? {});
  const recordingConfig = echo && withoutMp3 ? { ...echo, audio_mixed_mp3: null } : echo;
  const joinAt = asked.joinAt !== null && asked.joinAt > now ? asked.joinAt : null;
  const id = parts.newId();
  const { platform } = asked.meeting;
  const played = { platform, recordingConfig, withoutMp3 };
  return {
    id,
    name: asked.name,
    createdAt: now,
    joinAt,
    platform,
    meetingUrl: asked.meeting.json,
    sentTo: asked.meetingUrl,
    recordingConfig,
    metadata: asked.metadata,
    ...playMeeting(played, parts.script(), joinAt ?? now, () => parts.newId()),
    dispatchAt: joinAt === null ? now : Math.max(now, joinAt - parts.dispatchLeadMs),
    overrides: {},
    omit: [],
  };
}

/** `PATCH /bot/{id}/`: only before the bot is dispatched. */
export function changeBot(request: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const bot = parts.registry.bot(request.id);
  if (!bot) return noSuchObject();
  const now = parts.now();
  if (now >= bot.dispatchAt) return updateFailed('Only non-dispatched bots can be updated');
  const read = readBotChange(request.body);
  if ('errors' in read) return jsonAnswer(400, read.errors);
  const { joinAt, name, metadata } = read.value;
  if (joinAt !== undefined) {
    if (joinAt === null || joinAt - parts.dispatchLeadMs <= now) {
      return updateFailed('Not enough time to launch new bot');
    }
    const played = { ...bot, withoutMp3: false };
    Object.assign(
      bot,
      playMeeting(played, parts.script(), joinAt, () => parts.newId()),
    );
    bot.joinAt = joinAt;
    bot.dispatchAt = joinAt - parts.dispatchLeadMs;
  }
  bot.name = name ?? bot.name;
  bot.metadata = metadata ?? bot.metadata;
  return jsonAnswer(200, botJson(bot, parts.view()));
}

function updateFailed(detail: string): ApiAnswer {
  return jsonAnswer(400, { code: 'update_bot_failed', detail });
}

/** `DELETE /bot/{id}/`: only before the bot is dispatched. */
export function deleteBot({ id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const bot = parts.registry.bot(id);
  if (!bot) return noSuchObject();
  if (parts.now() >= bot.dispatchAt) return jsonAnswer(405, { detail: 'Method "DELETE" not allowed.' });
  parts.registry.remove(id);
  return jsonAnswer(204);
}

/** `POST /bot/{id}/leave_call/`: from dispatch until the bot is over. */
export function leaveBotCall({ id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const bot = parts.registry.bot(id);
  if (!bot) return noSuchObject();
  const now = parts.now();
  if (isLeaving(bot, now)) return completedBot();
  if (now < bot.dispatchAt) return unstartedBot();
  leaveCall(bot, parts.script(), now);
  return jsonAnswer(200, botJson(bot, parts.view()));
}

/** `POST /bot/{id}/delete_media/`. */
export function deleteBotMedia({ id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const bot = parts.registry.bot(id);
  if (!bot) return noSuchObject();
  deleteMedia(bot.recordings, parts.now());
  return jsonAnswer(200, botJson(bot, parts.view()));
}

/** The bots that pass the filters of `GET /bot/`, in the simulator's order. */
export function listedBots({ url }: RoutedRequest, parts: RecallApiParts): Bot[] {
  const query = url.searchParams;
  const now = parts.now();
  const sign = parts.order === 'newestFirst' ? -1 : 1;
  return parts.registry.all
    .filter((bot) => passesAny(query.getAll('platform'), bot.platform ?? ''))
    .filter((bot) => passesAny(query.getAll('status'), statusAt(bot.statusChanges, now)?.code ?? 'ready'))
    .filter((bot) => passesAny(query.getAll('meeting_url'), bot.sentTo ?? ''))
    .filter((bot) => passesMetadata(query, bot))
    .filter((bot) => passesJoinAt(query, bot.joinAt))
    .toSorted((one, other) => sign * (one.createdAt - other.createdAt));
}

function passesAny(allowed: readonly string[], value: string): boolean {
  return allowed.length === 0 || allowed.includes(value);
}

function passesMetadata(query: URLSearchParams, bot: Bot): boolean {
  const prefix = 'metadata__';
  return [...query]
    .filter(([name]) => name.startsWith(prefix))
    .every(([name, value]) => bot.metadata[name.slice(prefix.length)] === value);
}

function passesJoinAt(query: URLSearchParams, joinAt: number | null): boolean {
  const after = query.get('join_at_after');
  const before = query.get('join_at_before');
  if (after === null && before === null) return true;
  if (joinAt === null) return false;
  return (after === null || joinAt >= utcTime(after)) && (before === null || joinAt < utcTime(before));
}

function utcTime(text: string): number {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text);
  return Date.parse(hasZone ? text : `${text.replace(' ', 'T')}Z`);
}
