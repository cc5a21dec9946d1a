import * as vscode from 'vscode';
import type { Log } from '../network/log.ts';
import { withoutLinks } from './plainText.ts';

/** Bridges VS Code's cancellation to an AbortSignal while `work` runs. */
export async function withSignal<T>(
  token: vscode.CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => {
    controller.abort();
  });
  try {
    return await work(controller.signal);
  } finally {
    subscription.dispose();
  }
}

/** Tells how far the work is. `percent` is the whole so far, 0 to 100; undefined = unknown. */
export type ReportProgress = (message: string, percent?: number) => void;

/** Runs `work` under a notification that can be cancelled. */
export async function withCancellableProgress<T>(
  title: string,
  work: (report: ReportProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true },
    (progress, token) => {
      let shown = 0;
      const report: ReportProgress = (text, percent) => {
        const message = withoutLinks(text);
        // VS Code wants the difference to the last report.
        const increment = percent === undefined ? undefined : Math.max(0, percent - shown);
        shown += increment ?? 0;
        progress.report(increment === undefined ? { message } : { message, increment });
      };
      return withSignal(token, (signal) => work(report, signal));
    },
  );
}

/** Runs `work` under the progress bar of a view: for what nobody waits for. */
export async function withViewProgress<T>(viewId: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: { viewId } }, work);
}

/** Lets work go on that nobody waits for; a failure is logged. */
export function inBackground(log: Log, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    log.warn(`[background] ${error instanceof Error ? error.message : String(error)}`);
  });
}
