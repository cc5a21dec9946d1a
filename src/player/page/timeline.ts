import type { PlayerWords, ShownLane } from '../protocol.ts';
import { clockTime } from './clockTime.ts';
import { element, filled, svgElement } from './elements.ts';

/** VS Code's names of the colours of the lanes, in turn. */
const COLOURS = ['blue', 'green', 'orange', 'purple', 'red', 'yellow'] as const;

/** Where in the recording it stands, where what was looked for is, and who spoke when. */
export class Timeline {
  readonly root: HTMLElement;
  readonly #words: PlayerWords;
  readonly #range = element('input', 'place');
  readonly #marks = element('div', 'marks');
  readonly #lanes = element('ul', 'lanes');
  readonly #cursor = element('div', 'cursor');
  #lengthS = 0;
  #shownLanes: readonly ShownLane[] = [];
  #hits: readonly number[] = [];

  /** @param seek goes to a second */
  constructor(words: PlayerWords, seek: (seconds: number) => void) {
    this.#words = words;
    this.#range.type = 'range';
    this.#range.min = '0';
    this.#range.step = '1';
    this.#range.disabled = true;
    this.#range.setAttribute('aria-label', words.time);
    this.#range.addEventListener('input', () => {
      seek(Number(this.#range.value));
      this.#sayPlace(Number(this.#range.value));
    });
    this.#lanes.setAttribute('aria-label', words.speakers);
    this.#lanes.addEventListener('click', (event) => {
      const drawing = (event.target as Element).closest('svg');
      if (!drawing) return;
      const { left, width } = drawing.getBoundingClientRect();
      seek(((event.clientX - left) / width) * this.#width);
    });
    const place = element('div', 'over-lanes', this.#lanes, this.#cursor);
    this.root = element('div', 'timeline', this.#range, this.#marks, place);
  }

  /** @param seconds where it is @param lengthS 0 while it is not known */
  update(seconds: number, lengthS: number): void {
    if (lengthS !== this.#lengthS) {
      this.#lengthS = lengthS;
      this.#range.max = `${lengthS}`;
      this.#range.disabled = lengthS === 0;
      this.#draw();
    }
    this.#range.value = `${seconds}`;
    // A screen reader would read it aloud over the meeting.
    if (document.activeElement !== this.#range) this.#sayPlace(seconds);
    const share = this.#width > 0 ? Math.min(1, seconds / this.#width) : 0;
    this.root.style.setProperty('--share', `${share}`);
  }

  showLanes(lanes: readonly ShownLane[]): void {
    this.#shownLanes = lanes;
    this.#draw();
  }

  /** @param hits where something was found, in seconds */
  showHits(hits: readonly number[]): void {
    this.#hits = hits;
    this.#drawHits();
  }

  /** How many seconds there is room for: the length, or what is spoken until that is known. */
  get #width(): number {
    if (this.#lengthS > 0) return this.#lengthS;
    const ends = this.#shownLanes.flatMap(({ spans }) => spans.map(([, endS]) => endS));
    return ends.reduce((most, endS) => Math.max(most, endS), 0);
  }

  #sayPlace(seconds: number): void {
    this.#range.setAttribute('aria-valuetext', `${clockTime(seconds)} / ${clockTime(this.#lengthS)}`);
  }

  #draw(): void {
    const width = this.#width;
    this.#lanes.replaceChildren(
      ...this.#shownLanes.map((lane, index) => laneOf(within(lane, width), index, width, this.#words)),
    );
    const hasLanes = this.#shownLanes.length > 0;
    this.root.classList.toggle('has-lanes', hasLanes);
    this.#lanes.hidden = !hasLanes;
    this.#cursor.hidden = !hasLanes;
    this.#drawHits();
  }

  #drawHits(): void {
    this.#marks.replaceChildren();
    this.#marks.hidden = this.#hits.length === 0;
    if (this.#lengthS === 0 || this.#hits.length === 0) return;
    const d = this.#hits.map((seconds) => `M${seconds} 0V1`).join('');
    this.#marks.append(drawingOf(this.#lengthS, d, 'hits'));
  }
}

/** What is spoken after the end of the MP3 is none of it. */
function within({ spans, ...lane }: ShownLane, width: number): ShownLane {
  return {
    ...lane,
    spans: spans
      .filter(([startS]) => startS < width)
      .map(([startS, endS]) => [startS, Math.min(endS, width)]),
  };
}

function laneOf(
  { speaker, isOthers, spans }: ShownLane,
  index: number,
  width: number,
  words: PlayerWords,
): HTMLElement {
  const name = speaker ?? (isOthers ? words.otherSpeakers : words.unknownSpeaker);
  const total = spans.reduce((sum, [startS, endS]) => sum + endS - startS, 0);
  const percent = width > 0 ? Math.round((total / width) * 100) : 0;
  const label = element('span', 'lane-name', name);
  label.dir = 'auto';
  label.title = filled(words.share, name, `${percent}`);
  const d = spans.map(([startS, endS]) => `M${startS} .5H${endS}`).join('');
  const lane = element('li', 'lane', label);
  const drawing = drawingOf(width, d, 'spans');
  drawing.style.color = `var(--vscode-charts-${COLOURS[index % COLOURS.length] ?? 'blue'})`;
  lane.append(drawing);
  return lane;
}

/** A drawing as wide as there is room, in which a second is a unit of length. */
function drawingOf(width: number, d: string, className: string): SVGElement {
  const svg = svgElement('svg', {
    class: className,
    viewBox: `0 0 ${Math.max(width, 0.1)} 1`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  svg.append(svgElement('path', { d }));
  return svg;
}
