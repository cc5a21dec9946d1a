import { PhraseFinder } from '../../transcripts/findPhrase.ts';
import type { ShownLane, ShownLine, ShownRecording } from '../protocol.ts';
import { Controls } from './controls.ts';
import { element } from './elements.ts';
import { listenToKeys } from './keys.ts';
import { SearchBar } from './searchBar.ts';
import { Sound } from './sound.ts';
import type { SoundListeners } from './sound.ts';
import { Timeline } from './timeline.ts';
import { TranscriptList } from './transcriptList.ts';

/** The whole page: the sound, what was said, and who spoke when. */
export class Player {
  readonly #sound: Sound;
  readonly #controls: Controls;
  readonly #timeline: Timeline;
  readonly #search: SearchBar;
  readonly #transcript: TranscriptList;
  readonly #title = element('h1', 'title');
  readonly #problems = element('div', 'problems');
  #recording: ShownRecording;
  #finder: PhraseFinder;
  #isPlayable = true;

  /**
   * Fills an empty page.
   *
   * @param listeners told that it plays, and where it is in the recording, in seconds, now and then
   */
  constructor(
    root: HTMLElement,
    recording: ShownRecording,
    listeners: Pick<SoundListeners, 'began' | 'reached'>,
  ) {
    const { words } = recording;
    this.#recording = recording;
    this.#finder = new PhraseFinder([]);
    this.#sound = new Sound({
      ...listeners,
      changed: () => {
        this.#update();
      },
      loaded: () => {
        this.#isPlayable = true;
        this.#tellProblems();
      },
      failed: () => {
        this.#isPlayable = false;
        this.#tellProblems();
      },
    });
    this.#controls = new Controls(this.#sound, words);
    this.#timeline = new Timeline(words, (seconds) => {
      this.#sound.seek(seconds);
    });
    this.#transcript = new TranscriptList(words, (seconds) => {
      this.#sound.playFrom(seconds);
    });
    this.#search = new SearchBar(words, {
      find: (phrase) => this.#find(phrase),
      goTo: (line) => {
        this.#transcript.goTo(line);
      },
    });
    listenToKeys(this.#sound, () => {
      if (!this.#search.root.hidden) this.#search.focus();
    });
    this.#problems.setAttribute('role', 'status');
    this.#title.dir = 'auto';
    root.replaceChildren(
      element(
        'header',
        'head',
        this.#title,
        element('div', 'bar', this.#controls.root, this.#search.root),
        this.#timeline.root,
        this.#problems,
      ),
      this.#transcript.root,
      this.#sound.element,
    );
    this.#transcript.begin();
    this.show(recording);
  }

  /** Shows a recording, or what has changed in it. */
  show(recording: ShownRecording): void {
    const before = this.#recording;
    this.#recording = recording;
    this.#title.textContent = recording.title;
    this.#sound.load(recording.audio, recording.placeS);
    if (before === recording || !saySame(before.lines, recording.lines)) this.#showLines();
    this.showLanes(recording.lanes);
    this.#tellProblems();
    this.#update();
  }

  #showLines(): void {
    const { lines } = this.#recording;
    this.#finder = new PhraseFinder(lines.map(({ text }) => text));
    this.#transcript.show(lines);
    this.#search.root.hidden = lines.length === 0;
    this.#search.search();
  }

  showLanes(lanes: readonly ShownLane[]): void {
    this.#timeline.showLanes(lanes);
  }

  playFrom(seconds: number): void {
    this.#sound.playFrom(seconds);
  }

  pause(): void {
    this.#sound.pause();
  }

  #find(phrase: string): readonly number[] {
    const hits = this.#finder.find(phrase);
    this.#transcript.mark(phrase);
    this.#timeline.showHits(hits.map((line) => this.#recording.lines[line]?.startS ?? 0));
    return hits;
  }

  #tellProblems(): void {
    const { problems, words } = this.#recording;
    const sentences = this.#isPlayable ? problems : [words.cannotPlay, ...problems];
    this.#problems.replaceChildren(...sentences.map((sentence) => element('p', 'problem', sentence)));
  }

  #update(): void {
    const { seconds, length } = this.#sound;
    this.#controls.update();
    this.#timeline.update(seconds, length);
    this.#transcript.update(seconds);
  }
}

/** Whether lines say the same at the same times: then readers keep their place, and what they look for. */
function saySame(one: readonly ShownLine[], other: readonly ShownLine[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ startS, endS, speaker, text }, index) => {
      const line = other[index];
      return line?.startS === startS && line.endS === endS && line.speaker === speaker && line.text === text;
    })
  );
}
