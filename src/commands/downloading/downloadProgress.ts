import * as vscode from 'vscode';
import { formatPercent, formatRemaining } from '../../descriptions/format.ts';
import { formatBytes } from '../../language/formats.ts';
import type { ReportProgress } from '../../host/progress.ts';
import type { BotDownloadProgress } from '../../media/mediaDownloads.ts';

/** Says in a notification how a bot's download stands. */
export function reportProgress(progress: BotDownloadProgress, report: ReportProgress): void {
  switch (progress.kind) {
    case 'queued':
      report(vscode.l10n.t('Looking for recordings…'));
      return;
    case 'waitingForConnection':
      report(vscode.l10n.t('Waiting for the connection'));
      return;
    case 'waitingForRecall':
      report(progress.media.words.stillMaking());
      return;
    case 'downloading':
      reportDownload(progress, report);
  }
}

function reportDownload(
  download: Extract<BotDownloadProgress, { kind: 'downloading' }>,
  report: ReportProgress,
): void {
  const { file, files, progress } = download;
  const { receivedBytes, totalBytes } = progress;
  const percent = formatPercent(receivedBytes, totalBytes);
  const received = formatBytes(receivedBytes);
  const remaining =
    progress.kind === 'receiving' && progress.remainingMs !== undefined
      ? vscode.l10n.t('{0} left', formatRemaining(progress.remainingMs))
      : undefined;
  const parts = [
    files > 1 ? vscode.l10n.t('File {0} of {1}', file, files) : undefined,
    percent,
    totalBytes === undefined ? received : vscode.l10n.t('{0} of {1}', received, formatBytes(totalBytes)),
    progress.kind === 'waiting' ? vscode.l10n.t('Waiting for the connection') : remaining,
  ];
  const share =
    totalBytes === undefined ? undefined : ((file - 1 + receivedBytes / totalBytes) / files) * 100;
  report(parts.filter((part) => part !== undefined).join(' · '), share);
}
