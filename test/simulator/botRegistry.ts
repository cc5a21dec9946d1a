import { readyBot } from './botMaking.ts';
import type { Artifact, ArtifactKind, Bot, Recording } from './botModel.ts';
import { type MeetingScript, playMeeting } from './botScript.ts';
import type { BotSpec } from './readyBots.ts';

/** An artifact together with what it belongs to. */
export interface OwnedArtifact {
  readonly artifact: Artifact;
  readonly recording: Recording;
  readonly bot: Bot;
}

/** All bots of the simulated workspace. */
export interface BotRegistry {
  readonly all: readonly Bot[];
  add(bot: Bot): void;
  /** Adds a ready-made bot. A scheduled one later plays its meeting. */
  addReady(spec: BotSpec): Bot;
  remove(id: string): void;
  clear(): void;
  bot(id: string): Bot | undefined;
  /** A recording that shows already, with its bot. */
  recording(id: string): { readonly recording: Recording; readonly bot: Bot } | undefined;
  artifact(id: string): OwnedArtifact | undefined;
  /** All artifacts of one kind that show already. */
  artifacts(kind: ArtifactKind): OwnedArtifact[];
}

/** What the registry takes from the simulator. */
export interface RegistryParts {
  now(): number;
  newId(): string;
  script(): MeetingScript;
  readonly dispatchLeadMs: number;
}

/** Makes an empty registry. */
export function createBotRegistry(parts: RegistryParts): BotRegistry {
  const bots: Bot[] = [];
  let made = 0;
  const recordings = (): { recording: Recording; bot: Bot }[] =>
    bots.flatMap((bot) =>
      bot.recordings
        .filter((recording) => recording.createdAt <= parts.now())
        .map((recording) => ({ recording, bot })),
    );
  const artifacts = (): OwnedArtifact[] =>
    recordings().flatMap(({ recording, bot }) =>
      recording.artifacts.map((artifact) => ({ artifact, recording, bot })),
    );
  return {
    all: bots,
    add: (bot) => {
      bots.push(bot);
    },
    addReady: (spec) => {
      if (spec.id !== undefined && bots.some(({ id }) => id === spec.id))
        throw new Error(`There is a bot with the id ${spec.id} already.`);
      const bot = readyBot(spec, made, parts.now(), () => parts.newId());
      made += 1;
      if (bot.statusChanges.length === 0 && bot.joinAt !== null) playLater(bot, bot.joinAt, parts);
      bots.push(bot);
      return bot;
    },
    remove: (id) => {
      const index = bots.findIndex((bot) => bot.id === id);
      if (index >= 0) bots.splice(index, 1);
    },
    clear: () => {
      bots.length = 0;
    },
    bot: (id) => bots.find((bot) => bot.id === id),
    recording: (id) => recordings().find(({ recording }) => recording.id === id),
    artifact: (id) => artifacts().find(({ artifact }) => artifact.id === id),
    artifacts: (kind) => artifacts().filter(({ artifact }) => artifact.kind === kind),
  };
}

function playLater(bot: Bot, joinAt: number, parts: RegistryParts): void {
  const played = playMeeting({ ...bot, withoutMp3: false }, parts.script(), joinAt, () => parts.newId());
  bot.statusChanges = played.statusChanges;
  bot.recordings = played.recordings;
  bot.dispatchAt = joinAt - parts.dispatchLeadMs;
}
