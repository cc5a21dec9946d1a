import { type ApiAnswer, jsonAnswer, noSuchObject } from './apiAnswers.ts';
import type { ApiRequest } from './apiRequest.ts';
import { type Artifact, peopleFiles, type PeopleFile, statusAt } from './botModel.ts';
import type { BotRegistry } from './botRegistry.ts';
import { peopleJson } from './peopleJson.ts';
import type { UrlSigner } from './signedUrls.ts';

/** The files that tell who was there: on the API's own host, opened by a token in the query instead of a key. */
export interface PeopleDownloads {
  /** Path and query of a newly signed URL. */
  signedPath(artifact: Artifact, file: PeopleFile): string;
  answer(request: ApiRequest): ApiAnswer;
}

/** What these downloads take from the simulator. */
export interface PeopleDownloadParts {
  readonly registry: BotRegistry;
  readonly signer: UrlSigner;
  now(): number;
  /** How long a URL is good, in simulated milliseconds. */
  urlLifetimeMs(): number;
}

const folder = '/api/v1/download/';
const downloadPath = new RegExp(`^${folder}(?:${peopleFiles.join('|')})(?:\\?|$)`);

/** Whether a request to the API's host asks for such a file. @param path with or without its query */
export function isPeopleDownload(path: string): boolean {
  return downloadPath.test(path);
}

/** Makes the downloads. A token holds the path of the file within the store and the query that opens it. */
export function createPeopleDownloads(parts: PeopleDownloadParts): PeopleDownloads {
  return {
    signedPath: (artifact, file) => {
      const opened = parts.signer.sign(`/${file}/${artifact.id}`, parts.now(), parts.urlLifetimeMs());
      return `${folder}${file}?token=${encodeURIComponent(Buffer.from(opened).toString('base64'))}`;
    },
    answer: (request) => answerTo(request, parts),
  };
}

function answerTo({ method, url, authorization }: ApiRequest, parts: PeopleDownloadParts): ApiAnswer {
  if (method !== 'GET') return jsonAnswer(405, { detail: `Method "${method}" not allowed.` });
  if (authorization !== undefined) return jsonAnswer(400, { detail: 'Only one auth mechanism allowed.' });
  const opened = Buffer.from(url.searchParams.get('token') ?? '', 'base64').toString('utf8');
  const [, fileName, id] = /^\/(\w+)\/([^/?]+)\?/.exec(opened) ?? [];
  const file = peopleFiles.find((known) => known === fileName && url.pathname === folder + known);
  if (file === undefined || id === undefined) return refused('Invalid token.');
  const verdict = parts.signer.verify(opened, parts.now());
  if (verdict !== 'valid') return refused(verdict === 'expired' ? 'Token expired.' : 'Invalid token.');
  const owned = parts.registry.artifact(id);
  const people = owned?.artifact.people;
  if (!people || statusAt(owned.artifact.statuses, parts.now())?.code === 'deleted') return noSuchObject();
  return jsonAnswer(200, peopleJson(file, people, owned.recording.startedAt));
}

function refused(detail: string): ApiAnswer {
  return jsonAnswer(403, { detail });
}
