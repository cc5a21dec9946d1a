import { createHash } from 'node:crypto';
import type { Artifact } from './botModel.ts';
import type { EtagStyle } from './faults.ts';
import {
  digestOf,
  type MediaContent,
  boardContent,
  mp3Content,
  mp4Content,
  rawContent,
} from './mediaContent.ts';

/** An artifact's file in the media store. */
export interface StoredObject {
  readonly content: MediaContent;
  /** Simulated milliseconds since the epoch. */
  readonly lastModified: number;
}

/** The files of all artifacts; each is made when somebody asks for it, and each has its own tone and size. */
export interface StoredObjects {
  of(artifact: Artifact): StoredObject;
  /** Puts another recording in its place, with a new ETag and date. */
  replace(artifact: Artifact, now: number): void;
  /** The `ETag` header, quotes included; undefined for style `none`. */
  etag(object: StoredObject, style: EtagStyle): string | undefined;
  /** SHA-256 of the content as hex. */
  sha256(object: StoredObject): string;
}

const lowestTone = 300;
const toneStep = 40;
const tones = 83;
const smallestFrames = 280;
const frameStep = 11;
const sizes = 37;
const frameBytes = 720;
const multipartFrom = 16 << 20;
const partBytes = 8 << 20;

/** Makes an empty store. */
export function createStoredObjects(): StoredObjects {
  const objects = new Map<string, StoredObject>();
  const digests = new Map<string, string>();
  let made = 0;
  const make = (artifact: Artifact, lastModified: number): StoredObject => {
    const object = { content: contentOf(artifact, made), lastModified };
    made += 1;
    objects.set(artifact.id, object);
    return object;
  };
  const digest = ({ content }: StoredObject, algorithm: 'md5' | 'sha256'): string => {
    const key = `${algorithm} ${identity(content)}`;
    const known = digests.get(key) ?? digestOf(content, algorithm);
    digests.set(key, known);
    return known;
  };
  return {
    of: (artifact) => objects.get(artifact.id) ?? make(artifact, artifact.createdAt),
    replace: (artifact, now) => {
      make(artifact, now);
    },
    etag: (object, style) => {
      const parts = Math.max(1, Math.ceil(object.content.size / partBytes));
      switch (style) {
        case 'none':
          return undefined;
        case 'weak':
          return `W/"${opaqueDigest(object)}"`;
        case 'opaque':
          return `"${opaqueDigest(object)}"`;
        case 'multipart':
          return `"${opaqueDigest(object)}-${parts}"`;
        case 'md5':
          return object.content.size < multipartFrom
            ? `"${digest(object, 'md5')}"`
            : `"${opaqueDigest(object)}-${parts}"`;
      }
    },
    sha256: (object) => digest(object, 'sha256'),
  };
}

function contentOf(artifact: Artifact, number: number): MediaContent {
  const frequency = lowestTone + toneStep * (number % tones);
  const size = artifact.sizeBytes ?? (smallestFrames + frameStep * (number % sizes)) * frameBytes;
  switch (artifact.format) {
    case 'mp3':
      return mp3Content(frequency, size);
    case 'mp4':
      return mp4Content(size);
    case 'board':
      return boardContent(frequency, size);
    default:
      return rawContent(frequency, size);
  }
}

function identity(content: MediaContent): string {
  return `${content.contentType} ${content.frequency} ${content.size}`;
}

function opaqueDigest(object: StoredObject): string {
  return createHash('md5')
    .update(`object ${identity(object.content)} ${object.lastModified}`)
    .digest('hex');
}
