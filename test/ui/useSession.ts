import { join } from 'node:path';
import { outputFolder } from '../vscode/repository.ts';
import { sampleApiKey, startSession, type Session, type SessionOptions } from './session.ts';

const screenshots = join(outputFolder, 'screenshots');

/**
 * Gives the tests of the enclosing `describe` one session, which is ended after them in any case. A failing test
 * leaves a picture of the page in `out/screenshots`.
 * @returns a function that gives the session inside of hooks and tests
 */
export function useSession(options: SessionOptions = {}): () => Session {
  let session: Session | undefined;
  const current = (): Session => {
    if (session === undefined) throw new Error('There is a session inside of tests and hooks only.');
    return session;
  };
  before(async () => {
    session = await startSession({ ...options, reuse: true });
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const path = join(screenshots, `${fileName(test.fullTitle())}.png`);
    await current().workbench.page.screenshot({ path });
    // What the failed test left open must not stand in the way of the next.
    await current().workbench.reload();
    await current().workbench.openSidebar('Recall');
  });
  after(async () => {
    await session?.close();
  });
  return current;
}

/** Sets the API key through the palette and shows the tree. */
export async function signIn({ workbench }: Pick<Session, 'workbench'>): Promise<void> {
  await workbench.openSidebar('Recall');
  await workbench.runCommand('Recall: Set API Key');
  await workbench.expectQuickInput(/API key/);
  await workbench.answer(sampleApiKey);
  await workbench.expectNotification(/works/);
  await workbench.clearNotifications();
}

/** Filters the tree of bots by a text, through the palette. */
export async function filterBots({ workbench }: Pick<Session, 'workbench'>, text: string): Promise<void> {
  await workbench.runCommand('Recall: Filter Bots');
  await workbench.expectQuickInput('Filter bots');
  await workbench.answer(text);
}

function fileName(title: string): string {
  return title.replace(/[^\w]+/g, '-').slice(0, 100);
}
