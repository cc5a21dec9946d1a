import type { ServerResponse } from 'node:http';
import { artifactKinds, type Artifact, type Bot, type Recording, statusAt } from './botModel.ts';
import type { BotRegistry, OwnedArtifact } from './botRegistry.ts';
import { type ByteRange, contentRange, parseRange } from './byteRange.ts';
import { type EtagStyle, type FaultQueue, type MediaFault, faultOfKind } from './faults.ts';
import type { ReceivedRequest } from './loopbackServer.ts';
import { type Delivery, deliver } from './bodyDelivery.ts';
import { requestHasExpired, s3Error, s3Status, type StoreAnswer } from './s3Errors.ts';
import type { UrlSigner } from './signedUrls.ts';
import type { StoredObject, StoredObjects } from './storedObjects.ts';

/** A request to the media store, as far as faults are chosen by it. */
export interface MediaRequest {
  readonly artifactId: string | undefined;
}

/** What the media store takes from the simulator. */
export interface MediaStoreParts {
  readonly registry: BotRegistry;
  readonly objects: StoredObjects;
  readonly signer: UrlSigner;
  readonly faults: FaultQueue<MediaFault, MediaRequest>;
  readonly workspaceId: string;
  now(): number;
  etagStyle(): EtagStyle;
  /** How long a URL is good, in simulated milliseconds. */
  urlLifetimeMs(): number;
}

/** The server side of the media store. */
export interface MediaStore {
  /** Path and query of a newly signed URL. */
  signedPath(bot: Bot, recording: Recording, artifact: Artifact): string;
  handle(request: ReceivedRequest, response: ServerResponse): Promise<void>;
  /** The most downloads that ever ran at the same time. */
  peakConcurrency(): number;
}

/** Makes the store. */
export function createMediaStore(parts: MediaStoreParts): MediaStore {
  let running = 0;
  let peak = 0;
  return {
    signedPath: (bot, recording, artifact) =>
      parts.signer.sign(
        objectPath(parts.workspaceId, bot, recording, artifact),
        parts.now(),
        parts.urlLifetimeMs(),
      ),
    handle: async (request, response) => {
      running += 1;
      peak = Math.max(peak, running);
      response.once('close', () => {
        running -= 1;
      });
      const artifactId = artifactInPath.exec(request.path)?.[1];
      const faults = parts.faults.take({ artifactId });
      const owned = artifactId === undefined ? undefined : parts.registry.artifact(artifactId);
      if (faultOfKind(faults, 'stallBeforeHeaders')) return;
      if (faultOfKind(faults, 'resetBeforeHeaders')) {
        request.message.socket.resetAndDestroy();
        return;
      }
      const answer = answerTo(parts, request, owned, faults);
      if ('body' in answer) sendAnswer(answer, request, response);
      else await deliver(answer, response);
    },
    peakConcurrency: () => peak,
  };
}

const artifactInPath = new RegExp(`/(?:${artifactKinds.join('|')})/([^/]+)/`);

function objectPath(workspaceId: string, bot: Bot, recording: Recording, artifact: Artifact): string {
  const place = `/_workspace-${workspaceId}/recordings/${recording.id}/${artifact.kind}/${artifact.id}`;
  const file = `${artifact.kind.replace('_mixed', '')}.${artifact.format}`;
  return `${place}/bot/${bot.id}/0/${file}`;
}

function answerTo(
  parts: MediaStoreParts,
  request: ReceivedRequest,
  owned: OwnedArtifact | undefined,
  faults: readonly MediaFault[],
): StoreAnswer | Delivery {
  const refusal = refusalOf(parts, request) ?? orderedAnswer(faults, parts.now());
  if (refusal) return refusal;
  const status = owned && statusAt(owned.artifact.statuses, parts.now());
  if (!owned || status?.code === 'deleted' || faultOfKind(faults, 'noSuchKey')) {
    return s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  }
  const object = parts.objects.of(owned.artifact);
  const style = faultOfKind(faults, 'etag')?.style ?? owned.artifact.etag ?? parts.etagStyle();
  const plainEtag = parts.objects.etag(object, style);
  const etag = faultOfKind(faults, 'changedEtag') ? '"00000000000000000000000000000000"' : plainEtag;
  return objectAnswer(request, object, etag, faults);
}

function refusalOf(parts: MediaStoreParts, request: ReceivedRequest): StoreAnswer | undefined {
  if (request.method !== 'GET') {
    return s3Error(403, 'SignatureDoesNotMatch', 'The request signature does not match.');
  }
  if (request.headers.authorization !== undefined) {
    return s3Error(400, 'InvalidArgument', 'Only one auth mechanism allowed', {
      ArgumentName: 'Authorization',
    });
  }
  switch (parts.signer.verify(request.path, parts.now())) {
    case 'unsigned':
      return s3Error(403, 'AccessDenied', 'Access Denied');
    case 'mismatch':
      return s3Error(403, 'SignatureDoesNotMatch', 'The request signature does not match.');
    case 'expired':
      return requestHasExpired(undefined, parts.now());
    case 'valid':
      return undefined;
  }
}

function orderedAnswer(faults: readonly MediaFault[], now: number): StoreAnswer | undefined {
  if (faultOfKind(faults, 'expired')) return requestHasExpired(now, now);
  if (faultOfKind(faults, 'expiredToken')) {
    return s3Error(400, 'ExpiredToken', 'The provided token has expired.');
  }
  const status = faultOfKind(faults, 'status');
  if (status) return s3Status(status.status, status.retryAfter);
  const instead = faultOfKind(faults, 'instead');
  if (instead) return { status: 200, headers: { 'Content-Type': instead.contentType }, body: instead.body };
  const redirect = faultOfKind(faults, 'redirect');
  return redirect && { status: redirect.status ?? 302, headers: { Location: redirect.url }, body: '' };
}

function objectAnswer(
  request: ReceivedRequest,
  object: StoredObject,
  etag: string | undefined,
  faults: readonly MediaFault[],
): StoreAnswer | Delivery {
  const { headers } = request;
  const modified = new Date(object.lastModified).toUTCString();
  if (headers['if-match'] !== undefined && headers['if-match'] !== '*' && headers['if-match'] !== etag) {
    return s3Error(
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    );
  }
  const rangeCounts =
    !faultOfKind(faults, 'ignoreRange') && ifRangeHolds(headers['if-range'], etag, modified);
  const asked = parseRange(rangeCounts ? headers.range : undefined, object.content.size);
  if (asked === 'unsatisfiable') {
    const answer = s3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
    return { ...answer, headers: { ...answer.headers, 'Content-Range': `bytes */${object.content.size}` } };
  }
  const served = asked === 'whole' ? asked : shifted(asked, object.content.size, faults);
  const objectHeaders = {
    'Content-Type': object.content.contentType,
    'Accept-Ranges': 'bytes',
    'Last-Modified': modified,
    'x-amz-server-side-encryption': 'AES256',
    Server: 'AmazonS3',
    ...(etag !== undefined && { ETag: etag }),
  };
  if (served === 'whole') {
    return delivery(200, objectHeaders, { start: 0, end: object.content.size }, object, faults);
  }
  const rangeHeader =
    faultOfKind(faults, 'wrongContentRange')?.contentRange ?? contentRange(served, object.content.size);
  return delivery(206, { ...objectHeaders, 'Content-Range': rangeHeader }, served, object, faults);
}

function ifRangeHolds(header: string | undefined, etag: string | undefined, modified: string): boolean {
  if (header === undefined) return true;
  if (header.startsWith('"')) return header === etag;
  return header === modified;
}

function shifted(range: ByteRange, size: number, faults: readonly MediaFault[]): ByteRange {
  const fault = faultOfKind(faults, 'wrongContentRange');
  if (!fault) return range;
  const shift = fault.shiftBytes ?? (fault.contentRange === undefined ? 1 : 0);
  const start = Math.max(0, Math.min(size - 1, range.start + shift));
  return { start, end: Math.max(start + 1, range.end) };
}

function delivery(
  status: number,
  headers: Readonly<Record<string, string>>,
  range: ByteRange,
  object: StoredObject,
  faults: readonly MediaFault[],
): Delivery {
  const short = faultOfKind(faults, 'shortBody');
  const longer = faultOfKind(faults, 'longerBody');
  const cut = faultOfKind(faults, 'cut');
  const stall = faultOfKind(faults, 'stall');
  const rangeLength = range.end - range.start;
  const length = Math.min(rangeLength, short?.bytes ?? Infinity) + (longer?.extraBytes ?? 0);
  const chunked = faultOfKind(faults, 'noContentLength') !== undefined;
  const corruptAt = faultOfKind(faults, 'corrupt')?.atByte;
  return {
    status,
    headers,
    read: (offset, wanted) => {
      const inObject = Math.max(0, Math.min(wanted, rangeLength - offset));
      const bytes = Buffer.alloc(wanted, 0x55);
      object.content.read(range.start + offset, inObject).copy(bytes);
      return corruptAt === undefined ? bytes : corrupted(bytes, corruptAt - range.start - offset);
    },
    length,
    framing: chunked ? 'chunked' : (short?.framing ?? longer?.framing ?? 'contentLength'),
    gzip: faultOfKind(faults, 'gzip') !== undefined,
    bytesPerSecond: faultOfKind(faults, 'throttle')?.bytesPerSecond,
    breakOff:
      (cut && { afterBytes: cut.afterBytes, how: 'cut' }) ??
      (stall && { afterBytes: stall.afterBytes, how: 'stall' }),
  };
}

function corrupted(bytes: Buffer, at: number): Buffer {
  const byte = bytes[at];
  if (byte !== undefined) bytes[at] = byte ^ 0xff;
  return bytes;
}

function sendAnswer(answer: StoreAnswer, request: ReceivedRequest, response: ServerResponse): void {
  const body = Buffer.from(answer.body, 'utf8');
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
