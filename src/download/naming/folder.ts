import * as l10n from '@vscode/l10n';
import { dirname, isAbsolute, posix, relative, resolve, sep, win32 } from 'node:path';
import { DownloadError } from '../errors.ts';
import { type DownloadFileSystem, fileErrorCode, lstatIfThere } from '../fileSystem.ts';
import { describeFileError } from '../fileErrors.ts';

/**
 * Where downloads go: a folder inside the workspace folder, and really inside it, whatever the setting or a link in
 * the workspace says. The folder need not exist.
 *
 * @param workspaceFolder absolute
 * @param setting relative, with `/` or `\` between the parts; empty means the workspace folder itself
 * @returns an absolute path
 * @throws DownloadError `unsafeFolder` when the setting leads elsewhere, else what reading the folders brought
 */
export async function resolveDownloadFolder(
  workspaceFolder: string,
  setting: string,
  fs: DownloadFileSystem,
): Promise<string> {
  const wanted = setting.trim();
  if (isNotRelative(wanted)) {
    throw unsafe(
      l10n.t('The download folder must be a path inside the workspace folder, not "{0}".', setting),
    );
  }
  const folder = resolve(workspaceFolder, ...wanted.split(/[\\/]+/));
  if (!isInside(folder, workspaceFolder)) {
    throw unsafe(l10n.t('The download folder "{0}" is outside the workspace folder.', setting));
  }
  try {
    if (isInside(await realAncestor(folder, fs), await fs.realpath(workspaceFolder))) return folder;
  } catch (error) {
    throw describeFileError(error, workspaceFolder) ?? error;
  }
  throw unsafe(
    l10n.t('The download folder "{0}" leads out of the workspace folder through a link.', setting),
  );
}

function isNotRelative(path: string): boolean {
  const isRooted = posix.isAbsolute(path) || win32.isAbsolute(path);
  // A home folder sign would make a folder of that very name; a control character never belongs in a setting.
  return isRooted || /^[a-z]:/i.test(path) || /^~([\\/]|$)/.test(path) || /\p{Cc}/u.test(path);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The deepest ancestor that exists, with every link followed; the file system's root when a link leads nowhere. */
async function realAncestor(path: string, fs: DownloadFileSystem): Promise<string> {
  let ancestor = path;
  while (!(await lstatIfThere(fs, ancestor)) && dirname(ancestor) !== ancestor) ancestor = dirname(ancestor);
  try {
    return await fs.realpath(ancestor);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return resolve(sep);
    throw error;
  }
}

function unsafe(message: string): DownloadError {
  return new DownloadError('unsafeFolder', message);
}
