import {
  botWithRecordings,
  type BotSpec,
  mediaExpiredBot,
  neverAdmittedBot,
  scheduledBot,
} from './readyBots.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * One bot of every kind that a user meets, whose MP3s play as long as its line says.
 * @param now simulated milliseconds since the epoch
 */
export function sampleBots(now: number): BotSpec[] {
  const before = (ms: number): string => new Date(now - ms).toISOString();
  return [
    botWithRecordings(
      { recordings: 2, parts: 2, plays: 'whole' },
      { name: 'Design review', platform: 'zoom', startedAt: before(2 * hourMs) },
    ),
    neverAdmittedBot({ name: 'Supplier call', platform: 'microsoft_teams', startedAt: before(4 * hourMs) }),
    scheduledBot(new Date(now + 30 * minuteMs).toISOString(), { name: 'Stand-up', platform: 'google_meet' }),
    {
      name: 'Town hall',
      platform: 'webex',
      startedAt: before(dayMs),
      recordings: [{ audio: 0, video: true, shortcut: 'null' }],
    },
    mediaExpiredBot({ name: 'Kick-off', platform: 'zoom', startedAt: before(20 * dayMs) }),
    botWithRecordings(
      { plays: 'whole' },
      { name: 'Weekly sync', platform: 'google_meet', startedAt: before(26 * hourMs) },
    ),
    botWithRecordings(
      { plays: 'whole' },
      { name: 'Interview', platform: 'microsoft_teams', startedAt: before(2 * dayMs) },
    ),
    botWithRecordings(
      { plays: 'whole' },
      { name: 'Retrospective', platform: 'zoom', startedAt: before(3 * dayMs) },
    ),
  ];
}
