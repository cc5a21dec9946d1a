import {
  type ApiAnswer,
  blockedByFirewall,
  jsonAnswer,
  noSuchObject,
  noSuchRoute,
  throttled,
} from './apiAnswers.ts';
import type { ApiRequest, RecallApiParts, RoutedRequest } from './apiRequest.ts';
import { artifactJson, botJson, recordingJson } from './botJson.ts';
import { deleteArtifact, deleteMedia, type ArtifactKind } from './botModel.ts';
import { artifactKinds } from './botModel.ts';
import { changeBot, createBot, deleteBot, deleteBotMedia, leaveBotCall, listedBots } from './botCommands.ts';
import { cursorPage, numberedPage } from './listPages.ts';
import { isTokenDownload } from './tokenDownloads.ts';
import { createTranscript } from './transcriptCommands.ts';

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly perMinute: number;
  answer(request: RoutedRequest, parts: RecallApiParts): ApiAnswer;
}

const listsPerMinute = 60;
const callsPerMinute = 300;
const usagePerMinute = 5;

const routes: readonly Route[] = [
  route('GET', 'bot/', listsPerMinute, listBots),
  route('POST', 'bot/', listsPerMinute, createBot),
  route('GET', 'bot/{id}/', callsPerMinute, getBot),
  route('PATCH', 'bot/{id}/', callsPerMinute, changeBot),
  route('DELETE', 'bot/{id}/', callsPerMinute, deleteBot),
  route('POST', 'bot/{id}/leave_call/', callsPerMinute, leaveBotCall),
  route('POST', 'bot/{id}/delete_media/', callsPerMinute, deleteBotMedia),
  route('GET', 'recording/', listsPerMinute, listRecordings),
  route('GET', 'recording/{id}/', callsPerMinute, getRecording),
  route('DELETE', 'recording/{id}/', callsPerMinute, deleteRecording),
  route('POST', 'recording/{id}/create_transcript/', callsPerMinute, createTranscript),
  ...artifactKinds.flatMap((kind) => [
    route('GET', `${kind}/`, listsPerMinute, (request, parts) => listArtifacts(kind, request, parts)),
    route('GET', `${kind}/{id}/`, callsPerMinute, (request, parts) => getArtifact(kind, request, parts)),
    route('DELETE', `${kind}/{id}/`, callsPerMinute, (request, parts) =>
      removeArtifact(kind, request, parts),
    ),
  ]),
  route('GET', 'billing/usage/', usagePerMinute, usage),
];

/** Answers one request to the API, faults that replace the answer aside. */
export function answerApiRequest(request: ApiRequest, parts: RecallApiParts): ApiAnswer {
  if (request.method === 'GET' && request.body !== '') return blockedByFirewall();
  if (/https?:\/\/localhost\b/i.test(request.body)) return blockedByFirewall();
  const path = request.url.pathname;
  if (isTokenDownload(path)) return parts.downloads.answer(request);
  const slashed = path.endsWith('/') ? path : `${path}/`;
  const onPath = routes.filter((candidate) => candidate.path.test(slashed));
  if (onPath.length === 0) return noSuchRoute();
  const refusal = parts.keys.refusal(request.authorization);
  if (refusal) return refusal;
  if (path !== slashed && request.method !== 'GET') {
    const target = new URL(request.url);
    target.pathname = slashed;
    return { status: parts.slashRedirectStatus, headers: { Location: target.href }, body: '' };
  }
  const found = onPath.find((candidate) => candidate.method === request.method);
  if (!found) return jsonAnswer(405, { detail: `Method "${request.method}" not allowed.` });
  const wait = parts.limits?.secondsToWait(`${found.method} ${found.path.source}`, found.perMinute);
  if (wait !== undefined) return throttled(wait);
  return found.answer({ ...request, id: found.path.exec(slashed)?.[1] ?? '' }, parts);
}

function route(method: string, pattern: string, perMinute: number, answer: Route['answer']): Route {
  return { method, path: new RegExp(`^/api/v1/${pattern.replace('{id}', '([^/]+)')}$`), perMinute, answer };
}

function listBots(request: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const bots = listedBots(request, parts);
  const view = parts.view();
  const page = request.url.searchParams.has('use_cursor') ? cursorPage : numberedPage;
  return page(bots, parts.botPageSize, request, (bot) => botJson(bot, view));
}

function getBot({ id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const bot = parts.registry.bot(id);
  return bot ? jsonAnswer(200, botJson(bot, parts.view())) : noSuchObject();
}

function listRecordings(request: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const botId = request.url.searchParams.get('bot_id');
  const recordings = parts.registry.all
    .filter((bot) => botId === null || bot.id === botId)
    .flatMap((bot) =>
      bot.recordings
        .filter((recording) => recording.createdAt <= parts.now())
        .map((recording) => ({ bot, recording })),
    );
  const view = parts.view();
  return cursorPage(recordings, parts.artifactPageSize, request, ({ bot, recording }) => ({
    ...recordingJson(bot, recording, view),
    bot: { id: bot.id, metadata: bot.metadata },
  }));
}

function getRecording({ id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const found = parts.registry.recording(id);
  return found ? jsonAnswer(200, recordingJson(found.bot, found.recording, parts.view())) : noSuchObject();
}

function deleteRecording({ id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const found = parts.registry.recording(id);
  if (!found) return noSuchObject();
  deleteMedia([found.recording], parts.now());
  return jsonAnswer(204);
}

function listArtifacts(kind: ArtifactKind, request: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const query = request.url.searchParams;
  const recordingId = query.get('recording_id');
  const view = parts.view();
  const wanted = parts.registry
    .artifacts(kind)
    .filter(({ recording }) => recordingId === null || recording.id === recordingId)
    .map(({ bot, recording, artifact }) => artifactJson(bot, recording, artifact, view))
    .filter((json) => passesStatus(json, query.get('status_code')));
  return cursorPage(wanted, parts.artifactPageSize, request, (json) => json);
}

function passesStatus(json: Readonly<Record<string, unknown>>, code: string | null): boolean {
  const status = json.status as { readonly code?: unknown } | null;
  return code === null || status?.code === code;
}

function getArtifact(kind: ArtifactKind, { id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const found = parts.registry.artifact(id);
  if (found?.artifact.kind !== kind) return noSuchObject();
  return jsonAnswer(200, artifactJson(found.bot, found.recording, found.artifact, parts.view()));
}

function removeArtifact(kind: ArtifactKind, { id }: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const found = parts.registry.artifact(id);
  if (found?.artifact.kind !== kind) return noSuchObject();
  deleteArtifact(found.artifact, parts.now());
  return jsonAnswer(204);
}

function usage(_request: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const milliseconds = parts.registry.all.reduce((total, bot) => {
    const past = bot.statusChanges.filter((change) => change.at <= parts.now()).map((change) => change.at);
    return past.length === 0 ? total : total + Math.max(...past) - Math.min(...past);
  }, 0);
  return jsonAnswer(200, { bot_total: Math.round(milliseconds / 1000) });
}
