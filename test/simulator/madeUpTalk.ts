import type { Participant } from './botModel.ts';
import type { TranscriptTurn, TranscriptWord } from './transcripts.ts';

/** In which pieces a transcript tells what was said: captions in sentences, the paid ones in words. */
export type TalkPieces = 'sentences' | 'words';

const secondsPerWord = 0.4;
const pauseSeconds = 0.6;
/** A recording is complete a moment after the last word. */
const silenceAtEndSeconds = 1;
const sentencesPerTurn = [2, 1, 3];
const sentences = [
  'Good morning, and thanks for coming.',
  'Let us start with what has changed since last week.',
  'The new search went live on Tuesday.',
  'So far nobody has reported any trouble with it.',
  'That is good to hear.',
  'How long does the import take now?',
  'About four minutes, down from twenty.',
  'I still see a few slow requests in the evening.',
  'We should look at those before the next release.',
  'I can take that on and report back on Friday.',
  'What about the budget for the second half of the year?',
  'It has been approved, with one small change.',
  'We decided to keep the old price until March.',
  'Does anybody disagree with that?',
  'No, that sounds right to me.',
  'Then let us move on to the next topic.',
  'The workshop is planned for the end of the month.',
  'Please send me your questions until Wednesday.',
];
const strangers: readonly Participant[] = [
  { id: 100, name: 'Ana Lindqvist', isHost: true, email: null },
  { id: 101, name: 'Ben Okafor', isHost: false, email: null },
];

/**
 * A conversation that fills a recording: the same one each time.
 * @param people who takes turns; two others if there are none
 * @param seconds length of the recording
 */
export function madeUpTalk(
  people: readonly Participant[],
  seconds: number,
  pieces: TalkPieces,
): TranscriptTurn[] {
  const speakers = people.length === 0 ? strangers : people;
  const end = seconds - silenceAtEndSeconds;
  const turns: TranscriptTurn[] = [];
  let said = 0;
  for (let at = pauseSeconds; at + secondsPerWord <= end; at += pauseSeconds) {
    const words: TranscriptWord[] = [];
    for (let left = sentencesPerTurn[turns.length % sentencesPerTurn.length] ?? 1; left > 0; left--) {
      const spoken = spokenWords(sentences[said % sentences.length] ?? '', at, end);
      words.push(...(pieces === 'words' ? spoken : joined(spoken)));
      at += spoken.length * secondsPerWord;
      said += 1;
    }
    turns.push({ participant: speakers[turns.length % speakers.length] ?? null, words, extra: {} });
  }
  return turns;
}

/** The words of a sentence that fit before the end. */
function spokenWords(sentence: string, from: number, end: number): TranscriptWord[] {
  return sentence
    .split(' ')
    .map((text, index) => ({
      text,
      start: hundredths(from + index * secondsPerWord),
      end: hundredths(from + (index + 1) * secondsPerWord),
      byTheClock: true,
    }))
    .filter((word) => word.end <= end);
}

function joined(words: readonly TranscriptWord[]): TranscriptWord[] {
  const [first] = words;
  if (!first) return [];
  return [{ ...first, text: words.map(({ text }) => text).join(' '), end: words.at(-1)?.end ?? null }];
}

/** Rounded, so that sums of seconds read like those of a clock. */
function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
