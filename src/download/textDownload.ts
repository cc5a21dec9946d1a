import * as l10n from '@vscode/l10n';
import { BodyTooLargeError } from '../network/body.ts';
import type { DownloadCollaborators, DownloadOutcome, DownloadRequest } from './contract.ts';
import { formatBytes } from '../language/formats.ts';
import { DownloadError, PASSING_CODES, throwIfCancelled } from './errors.ts';
import type { DownloadErrorCode } from './errors.ts';
import { defaultLimits } from './limits.ts';
import { readMediaText } from './mediaText.ts';
import { Tries } from './tries.ts';
import type { FailedTry } from './tries.ts';
import { writeTexts } from './writeTexts.ts';
import type { TextFile } from './writeTexts.ts';

/** A text to load, and what is to be written of it. */
export interface TextRequest extends Pick<DownloadRequest, 'resolveSource' | 'folder' | 'name' | 'signal'> {
  /** A longer text is refused. */
  readonly maxBytes: number;
  /** Makes the files of the text, at least one. Throws when it is not what it should be; nothing is written then. */
  readonly filesOf: (text: string) => readonly [TextFile, ...TextFile[]];
}

/** How it ended well: with the path and the length of the first file, and the paths of the others. */
export interface TextOutcome extends DownloadOutcome {
  readonly beside: readonly string[];
}

/** Brings what is written of texts to disk. */
export interface TextDownloader {
  /**
   * Loads a text and writes its files: all of them or none, and never over another file. Tries again what networks let
   * down, with new URLs where they are refused.
   *
   * @throws DownloadError in the user's words, what `filesOf` throws, or what `resolveSource` throws
   */
  download(request: TextRequest): Promise<TextOutcome>;
}

const WORTH_A_NEW_URL: ReadonlySet<DownloadErrorCode> = new Set<DownloadErrorCode>(['urlExpired', 'gone']);

/** Makes it. */
export function createTextDownloader(
  collaborators: Pick<DownloadCollaborators, 'fetch' | 'fs' | 'clock' | 'random' | 'log'>,
): TextDownloader {
  return {
    download: async (request) => {
      const files = request.filesOf(await load(collaborators, request));
      throwIfCancelled(request.signal);
      const { paths, wasThere } = await writeTexts(collaborators, request.folder, request.name, files);
      const [path = '', ...beside] = paths;
      return {
        ...{ kind: wasThere ? 'alreadyThere' : 'saved', path, beside },
        bytes: Buffer.byteLength(files[0].text),
      };
    },
  };
}

async function load(
  collaborators: Pick<DownloadCollaborators, 'fetch' | 'clock' | 'random' | 'log'>,
  { resolveSource, maxBytes, signal }: TextRequest,
): Promise<string> {
  const tries = new Tries({ limits: defaultLimits, random: collaborators.random });
  for (;;) {
    throwIfCancelled(signal);
    const url = await resolveSource(signal);
    try {
      return await readMediaText(collaborators, { url, maxBytes, signal });
    } catch (error) {
      throwIfCancelled(signal);
      const pauseMs = tries.pauseAfter(failedTry(error, maxBytes));
      if (pauseMs !== undefined) await collaborators.clock.sleep(pauseMs, signal);
    }
  }
}

/** @throws the error, when another try would not help */
function failedTry(error: unknown, maxBytes: number): FailedTry {
  if (error instanceof BodyTooLargeError) {
    const sentence = l10n.t('What the server sent is longer than {0}.', formatBytes(maxBytes));
    throw new DownloadError('refused', sentence, { cause: error });
  }
  if (error instanceof DownloadError) {
    if (WORTH_A_NEW_URL.has(error.code)) return { kind: 'refresh', error };
    if (PASSING_CODES.has(error.code)) return { kind: 'retry', error, retryAfterMs: undefined };
  }
  throw error;
}
