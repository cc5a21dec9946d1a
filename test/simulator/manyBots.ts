import { type Random, seededRandom } from './random.ts';
import type { BotSpec, ParticipantSpec, RecordingSpec, TurnSpec } from './readyBots.ts';

/** An account of many bots that ended well, each with one recording of one MP3. */
export interface ManyBotsSpec {
  /** 3,500 if left out. */
  readonly count?: number;
  /** How many days up to now they are spread over, evenly; 240 if left out. */
  readonly days?: number;
  /** Recordings of particular bots, by their place among these: 0 is the newest, -1 the oldest. The others are made up. */
  readonly recordings?: Readonly<Record<number, RecordingSpec>>;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const newestBeganMs = 75 * minuteMs;
const seed = 35;

const lengths = [15, 25, 30, 30, 45, 50, 60];
const platforms = [
  ...Array.from({ length: 4 }, () => 'zoom'),
  ...Array.from({ length: 3 }, () => 'google_meet'),
  'microsoft_teams',
  'microsoft_teams_live',
];
/** Platforms that tell titles, and of how many of their meetings. */
const titled = new Map([
  ['zoom', 1],
  ['google_meet', 0.2],
]);
const withPeople = 0.4;
const mostPeople = 6;
const turns = 10;
const names = [
  'Ana Lindqvist',
  'Ben Okafor',
  'Chiara Rossi',
  'Emre Yılmaz',
  'Grace Kim',
  '田中 浩',
  'Inès Moreau',
  'João Silva',
  'Katarzyna Nowak',
  'Liam O’Connor',
  'Priya Raman',
  'iPhone von Jonas',
];
const subjects = [
  'Payments',
  'Mobile app',
  'Search',
  'Onboarding',
  'Data platform',
  'Customer support',
  'Website relaunch',
  'Hiring',
  'Budget 2027',
  'Security',
  'Warehouse',
  'Research & insights',
  'Équipe produit',
];
const forms: readonly ((subject: string, name: string) => string)[] = [
  (subject) => `${subject}: weekly sync`,
  (subject) => `${subject} planning`,
  (subject) => `Design review: ${subject}`,
  (subject) => `Retrospective – ${subject}`,
  (subject) => `${subject} / kick-off`,
  (subject) => `Jour fixe ${subject} (Zürich)`,
  (subject) => `${subject} 定例`,
  (subject) => `🚀 Demo day: ${subject}`,
  (_subject, name) => `1:1 ${name}`,
  (subject, name) => `Interview with ${name}, ${subject}`,
];

/**
 * The bots of such an account, newest first: the same ones each time, counted back from `now`.
 * @param now simulated milliseconds since the epoch
 * @throws RangeError for the place of a particular bot that is none
 */
export function manyBots(spec: ManyBotsSpec, now: number): BotSpec[] {
  const { count = 3_500, days = 240, recordings = {} } = spec;
  const beyond = Object.keys(recordings).find((place) => Number(place) >= count || Number(place) < -count);
  if (beyond !== undefined) throw new RangeError(`There is no place ${beyond} among ${count} bots.`);
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, place) => {
    const stepsAgo = Math.max(0, place - random() / 2);
    const startedAt = now - newestBeganMs - (stepsAgo * days * dayMs) / count;
    const minutes = oneOf(lengths, random);
    const platform = oneOf(platforms, random);
    const madeUp = recordingOf(platform, minutes, random);
    return {
      name: 'Meeting Notetaker',
      platform,
      minutes,
      startedAt: new Date(startedAt).toISOString(),
      recordings: [recordings[place] ?? recordings[place - count] ?? madeUp],
    };
  });
}

function recordingOf(platform: string, minutes: number, random: Random): RecordingSpec {
  const share = titled.get(platform);
  const title = random() < (share ?? 0) ? titleFrom(random) : null;
  const participants = random() < withPeople ? peopleFrom(random) : undefined;
  return {
    ...(share !== undefined && { title }),
    ...(participants && { participants, timeline: turnsOf(participants.length, minutes, random) }),
  };
}

function titleFrom(random: Random): string {
  return oneOf(forms, random)(oneOf(subjects, random), oneOf(names, random));
}

function peopleFrom(random: Random): ParticipantSpec[] {
  const first = Math.floor(random() * names.length);
  const count = 2 + Math.floor(random() * (mostPeople - 1));
  return Array.from({ length: count }, (_, index) => ({
    name: names[(first + index) % names.length] ?? null,
    isHost: index === 0,
  }));
}

function turnsOf(people: number, minutes: number, random: Random): TurnSpec[] {
  const seconds = (minutes * 60) / turns;
  return Array.from({ length: turns }, (_, index) => ({
    speaker: Math.floor(random() * people),
    from: index * seconds,
    until: (index + 0.9) * seconds,
  }));
}

function oneOf<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
