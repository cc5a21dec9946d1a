/** Whether this run asks if folders are trusted; then its folder is not, and VS Code is in Restricted Mode. */
const trustIsAsked = process.env.RECALL_TEST_TRUST === 'ask';

/** Whether this run has a workspace of several folders open. */
const hasSeveralFolders = process.env.RECALL_TEST_FOLDERS === 'several';

/** Whether the only folder of this run is not on disk. */
const folderIsVirtual = process.env.RECALL_TEST_FOLDERS === 'virtual';

/** A suite of the usual run: one folder, trusted. */
export function inTrustedFolder(title: string, suite: () => void): void {
  if (!trustIsAsked && !hasSeveralFolders && !folderIsVirtual) describe(title, suite);
}

/** A suite of the run in which the folder is not trusted. */
export function inRestrictedMode(title: string, suite: () => void): void {
  if (trustIsAsked) describe(title, suite);
}

/** A suite of the run that has several folders open, all trusted. */
export function inSeveralFolders(title: string, suite: () => void): void {
  if (hasSeveralFolders) describe(title, suite);
}

/** A suite of the run whose only folder is not on disk. */
export function inVirtualWorkspace(title: string, suite: () => void): void {
  if (folderIsVirtual) describe(title, suite);
}
