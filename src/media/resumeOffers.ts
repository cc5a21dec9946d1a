import { join } from 'node:path';
import * as v from 'valibot';
import type { ProcessTable } from '../download/processes.ts';
import type { UnfinishedDownload } from '../download/unfinished.ts';
import { parseJson } from '../network/json.ts';
import type { StateFileSystem } from '../state/stateFiles.ts';

const FILE = 'resumeOffers.json';
// Part files come and go, and not every folder is there all the time.
const MOST_KEPT = 500;

const offer = v.object({
  part: v.string(),
  session: v.string(),
  process: v.object({ host: v.string(), boot: v.string(), pid: v.number(), start: v.optional(v.string()) }),
  gone: v.optional(v.boolean(), false),
});
const offers = v.object({ offers: v.array(offer) });

type Offer = v.InferOutput<typeof offer>;

/** What the offers to resume work with. */
export interface ResumeOffersCollaborators {
  /** Absolute; shared by the windows of this computer. */
  readonly folder: string;
  readonly files: StateFileSystem;
  readonly processes: ProcessTable;
  /** Differs between two starts of VS Code. */
  readonly session: string;
}

/**
 * Which interrupted downloads were spoken of, over all windows: each is offered once per start of VS Code, and no more
 * when its MP3 is gone from Recall.
 */
export class ResumeOffers {
  readonly #with: ResumeOffersCollaborators;

  constructor(collaborators: ResumeOffersCollaborators) {
    this.#with = collaborators;
  }

  /** Those that no window has offered since VS Code was started; from now on, this one has. Throws when that cannot be noted. */
  async take<Paused extends UnfinishedDownload>(paused: readonly Paused[]): Promise<readonly Paused[]> {
    if (paused.length === 0) return [];
    const process = await this.#with.processes.self();
    let mine: readonly Paused[] = [];
    await this.#change(async (before) => {
      const standing = new Set<string>();
      for (const known of before) if (known.gone || (await this.#stands(known))) standing.add(known.part);
      mine = paused.filter(({ partPath }) => !standing.has(partPath));
      const taken = new Set(mine.map(({ partPath }) => partPath));
      const { session } = this.#with;
      return [
        ...before.filter(({ part }) => !taken.has(part)),
        ...mine.map(({ partPath: part }) => ({ part, session, process, gone: false })),
      ];
    });
    return mine;
  }

  /** Notes that what a part file is of is gone from Recall, so that it is not offered again. */
  async noteGone(partPath: string): Promise<void> {
    const process = await this.#with.processes.self();
    const { session } = this.#with;
    await this.#change((before) =>
      Promise.resolve([
        ...before.filter(({ part }) => part !== partPath),
        { part: partPath, session, process, gone: true },
      ]),
    );
  }

  /** Whether an offer was made since VS Code was started: in this run of it, or by a window that is still open. */
  async #stands({ session, process: { start, ...rest } }: Offer): Promise<boolean> {
    if (session === this.#with.session) return true;
    return (await this.#with.processes.look({ ...rest, start })) === 'alive';
  }

  async #change(change: (before: readonly Offer[]) => Promise<readonly Offer[]>): Promise<void> {
    const { folder, files } = this.#with;
    await files.exclusively(folder, FILE, async () => {
      const text = await files.read(join(folder, FILE));
      const read = v.safeParse(offers, text === undefined ? undefined : parseJson(text));
      const after = await change(read.success ? read.output.offers : []);
      await files.replace(folder, FILE, `${JSON.stringify({ offers: after.slice(-MOST_KEPT) })}\n`);
    });
  }
}
