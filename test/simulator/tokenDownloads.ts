import { type ApiAnswer, jsonAnswer, noSuchObject } from './apiAnswers.ts';
import type { ApiRequest } from './apiRequest.ts';
import { type Artifact, peopleFiles, statusAt } from './botModel.ts';
import type { BotRegistry, OwnedArtifact } from './botRegistry.ts';
import { peopleJson } from './peopleJson.ts';
import type { UrlSigner } from './signedUrls.ts';
import { transcriptJson } from './transcriptJson.ts';

/** The JSON files on the API's own host, as their URLs call them. */
export const tokenFiles = [...peopleFiles, 'transcript'] as const;

/** One of these files. */
export type TokenFile = (typeof tokenFiles)[number];

/** The files on the API's own host, opened by a token in the query instead of a key. */
export interface TokenDownloads {
  /** Path and query of a newly signed URL. */
  signedPath(artifact: Artifact, file: TokenFile): string;
  answer(request: ApiRequest): ApiAnswer;
}

/** What these downloads take from the simulator. */
export interface TokenDownloadParts {
  readonly registry: BotRegistry;
  readonly signer: UrlSigner;
  now(): number;
  /** How long a URL is good, in simulated milliseconds. */
  urlLifetimeMs(): number;
}

const folder = '/api/v1/download/';
const downloadPath = new RegExp(`^${folder}(?:${tokenFiles.join('|')})(?:\\?|$)`);

/** Whether a request to the API's host asks for such a file. @param path with or without its query */
export function isTokenDownload(path: string): boolean {
  return downloadPath.test(path);
}

/** Makes the downloads. A token holds the path of the file within the store and the query that opens it. */
export function createTokenDownloads(parts: TokenDownloadParts): TokenDownloads {
  return {
    signedPath: (artifact, file) => {
      const opened = parts.signer.sign(`/${file}/${artifact.id}`, parts.now(), parts.urlLifetimeMs());
      return `${folder}${file}?token=${encodeURIComponent(Buffer.from(opened).toString('base64'))}`;
    },
    answer: (request) => answerTo(request, parts),
  };
}

function answerTo({ method, url, authorization }: ApiRequest, parts: TokenDownloadParts): ApiAnswer {
  if (method !== 'GET') return jsonAnswer(405, { detail: `Method "${method}" not allowed.` });
  if (authorization !== undefined) return jsonAnswer(400, { detail: 'Only one auth mechanism allowed.' });
  const opened = Buffer.from(url.searchParams.get('token') ?? '', 'base64').toString('utf8');
  const [, fileName, id] = /^\/(\w+)\/([^/?]+)\?/.exec(opened) ?? [];
  const file = tokenFiles.find((known) => known === fileName && url.pathname === folder + known);
  if (file === undefined || id === undefined) return refused('Invalid token.');
  const verdict = parts.signer.verify(opened, parts.now());
  if (verdict !== 'valid') return refused(verdict === 'expired' ? 'Token expired.' : 'Invalid token.');
  const owned = parts.registry.artifact(id);
  if (!owned || statusAt(owned.artifact.statuses, parts.now())?.code === 'deleted') return noSuchObject();
  const json = fileJson(file, owned, parts.now());
  return json === undefined ? noSuchObject() : jsonAnswer(200, json);
}

function fileJson(file: TokenFile, { artifact, recording }: OwnedArtifact, now: number): unknown {
  if (file === 'transcript') {
    return artifact.transcript && transcriptJson(artifact.transcript, recording, now);
  }
  return artifact.people && peopleJson(file, artifact.people, recording.startedAt);
}

function refused(detail: string): ApiAnswer {
  return jsonAnswer(403, { detail });
}
