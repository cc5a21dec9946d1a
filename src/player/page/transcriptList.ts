import {
  Virtualizer,
  defaultRangeExtractor,
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
} from '@tanstack/virtual-core';
import type { Range, VirtualizerOptions } from '@tanstack/virtual-core';
import { placesOf } from '../../transcripts/findPhrase.ts';
import type { PlayerWords, ShownLine } from '../protocol.ts';
import { clockTime } from './clockTime.ts';
import { element, filled } from './elements.ts';
import { copiedLine, spokenLine } from './spokenLine.ts';

/** A line of text with its space, in pixels, until it is measured. */
const LINE_HEIGHT = 30;
/** Lines beyond both edges, so that they are there when it scrolls. */
const BEYOND = 12;

type Options = VirtualizerOptions<HTMLElement, HTMLElement>;

/**
 * The lines of the transcript. Only those in sight are in the page, and those between which something is selected; the
 * one that is spoken is lit, and kept in sight until somebody scrolls.
 */
export class TranscriptList {
  readonly root: HTMLElement;
  readonly #words: PlayerWords;
  readonly #playFrom: (seconds: number) => void;
  readonly #scroller = element('div', 'scroller');
  readonly #list = element('div', 'lines');
  readonly #backButton: HTMLButtonElement;
  readonly #rows = new Map<number, HTMLElement>();
  readonly #options: Options;
  readonly #virtual: Virtualizer<HTMLElement, HTMLElement>;
  #lines: readonly ShownLine[] = [];
  #phrase = '';
  #spoken: number | undefined;
  #found: number | undefined;
  #isFollowing = true;
  /** The line whose button the Tab key leads to. */
  #reached = 0;

  /** @param playFrom plays from a second on */
  constructor(words: PlayerWords, playFrom: (seconds: number) => void) {
    this.#words = words;
    this.#playFrom = playFrom;
    this.#list.setAttribute('role', 'list');
    this.#list.setAttribute('aria-label', words.transcript);
    this.#scroller.append(this.#list);
    this.#backButton = element('button', 'back-button', words.backToSpoken);
    this.#backButton.type = 'button';
    this.#backButton.hidden = true;
    this.#backButton.addEventListener('click', () => {
      this.#follow(true);
    });
    this.root = element('section', 'transcript', this.#scroller, this.#backButton);
    this.#options = {
      count: 0,
      getScrollElement: () => this.#scroller,
      estimateSize: () => LINE_HEIGHT,
      overscan: BEYOND,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      measureElement,
      rangeExtractor: (range) => this.#linesToShow(range),
      onChange: () => {
        this.#draw();
      },
    };
    this.#virtual = new Virtualizer(this.#options);
    this.#listen();
  }

  /** Has to be called once it is in the page. */
  begin(): void {
    this.#virtual._didMount();
    this.#virtual._willUpdate();
  }

  show(lines: readonly ShownLine[]): void {
    this.#lines = lines;
    this.#spoken = undefined;
    this.#found = undefined;
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.root.hidden = lines.length === 0;
    this.#virtual.setOptions({ ...this.#options, count: lines.length });
    this.#virtual.measure();
    this.#virtual._willUpdate();
    this.#draw();
  }

  /** Lights the line that is spoken. @param seconds where it is */
  update(seconds: number): void {
    const spoken = spokenLine(this.#lines, seconds);
    if (spoken === this.#spoken) return;
    this.#lightUp(this.#spoken, false);
    this.#spoken = spoken;
    this.#lightUp(spoken, true);
    if (this.#isFollowing) this.#bringIntoSight(spoken);
  }

  /** Marks a phrase in the lines. */
  mark(phrase: string): void {
    this.#phrase = phrase;
    this.#goTo(undefined);
    for (const [index, row] of this.#rows) this.#write(row, index);
  }

  /** Shows a line that was looked for. */
  goTo(index: number): void {
    this.#follow(false);
    this.#goTo(index);
    this.#bringIntoSight(index);
  }

  #goTo(index: number | undefined): void {
    if (this.#found !== undefined) this.#rows.get(this.#found)?.classList.remove('found');
    this.#found = index;
    if (index !== undefined) this.#rows.get(index)?.classList.add('found');
  }

  /** Whether what is spoken stays in sight. */
  #follow(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    this.#backButton.hidden = isFollowing || this.#spoken === undefined;
    if (isFollowing) this.#bringIntoSight(this.#spoken);
  }

  #bringIntoSight(index: number | undefined): void {
    if (index !== undefined) this.#virtual.scrollToIndex(index, { align: 'center' });
  }

  #listen(): void {
    const leave = (): void => {
      this.#follow(false);
    };
    for (const event of ['wheel', 'touchmove'])
      this.#scroller.addEventListener(event, leave, { passive: true });
    this.#scroller.addEventListener('pointerdown', ({ target }) => {
      // Beside the lines is the scroll bar.
      if (target === this.#scroller) leave();
    });
    this.#scroller.addEventListener('keydown', (event) => {
      this.#key(event);
    });
    this.#list.addEventListener('click', ({ target }) => {
      const index = rowOf(target);
      const line = index === undefined ? undefined : this.#lines[index];
      // Who selects text wants to copy it.
      if (!line || document.getSelection()?.isCollapsed === false) return;
      this.#follow(true);
      this.#playFrom(line.startS);
    });
    document.addEventListener('selectionchange', () => {
      this.#virtual._willUpdate();
    });
    document.addEventListener('copy', (event) => {
      const text = this.#copied();
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    });
  }

  #key(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const from = rowOf(event.target) ?? this.#reached;
    this.#reach(Math.min(Math.max(0, from + step), this.#lines.length - 1));
  }

  /** Puts the focus on a line. */
  #reach(index: number): void {
    this.#follow(false);
    const before = this.#rows.get(this.#reached);
    if (before) buttonOf(before).tabIndex = -1;
    this.#reached = index;
    this.#virtual.scrollToIndex(index, { align: 'auto' });
    this.#draw();
    const row = this.#rows.get(index);
    if (row) buttonOf(row).focus({ preventScroll: true });
  }

  #linesToShow(range: Range): number[] {
    const shown = new Set(defaultRangeExtractor(range));
    // The focus and the ends of a selection stay in the page, or they would be lost.
    for (const index of [this.#reached, ...(this.#selected() ?? [])])
      if (index < range.count) shown.add(index);
    return [...shown].toSorted((one, other) => one - other);
  }

  #draw(): void {
    const items = this.#virtual.getVirtualItems();
    this.#list.style.height = `${this.#virtual.getTotalSize()}px`;
    const shown = new Set(items.map(({ index }) => index));
    for (const [index, row] of this.#rows) {
      if (shown.has(index)) continue;
      row.remove();
      this.#rows.delete(index);
    }
    for (const { index, start } of items) {
      const row = this.#rows.get(index) ?? this.#add(index);
      row.style.transform = `translateY(${start}px)`;
    }
  }

  #add(index: number): HTMLElement {
    const row = element('div', 'line');
    row.setAttribute('role', 'listitem');
    row.dataset.index = `${index}`;
    row.setAttribute('aria-setsize', `${this.#lines.length}`);
    row.setAttribute('aria-posinset', `${index + 1}`);
    this.#rows.set(index, row);
    this.#write(row, index);
    const next = [...this.#rows.keys()].filter((other) => other > index).toSorted((a, b) => a - b)[0];
    this.#list.insertBefore(row, next === undefined ? null : (this.#rows.get(next) ?? null));
    this.#virtual.measureElement(row);
    return row;
  }

  #write(row: HTMLElement, index: number): void {
    const line = this.#lines[index];
    if (!line) return;
    const hadFocus = row.contains(document.activeElement);
    const speaker = line.speaker ?? this.#words.unknownSpeaker;
    const time = clockTime(line.startS);
    const button = element('button', 'line-time', time);
    button.type = 'button';
    button.tabIndex = index === this.#reached ? 0 : -1;
    button.setAttribute('aria-label', filled(this.#words.playFromBySpeaker, time, speaker));
    const isNew = index === 0 || this.#lines[index - 1]?.speaker !== line.speaker;
    const name = element('span', 'speaker', speaker);
    name.dir = 'auto';
    const said = element('span', 'text', ...markedText(line.text, placesOf(this.#phrase, line.text)));
    said.dir = 'auto';
    row.replaceChildren(button, element('div', 'said', ...(isNew ? [name] : []), said));
    row.classList.toggle('begins', isNew);
    row.classList.toggle('found', index === this.#found);
    this.#lightUp(index, index === this.#spoken);
    if (hadFocus) button.focus({ preventScroll: true });
  }

  #lightUp(index: number | undefined, isSpoken: boolean): void {
    const row = index === undefined ? undefined : this.#rows.get(index);
    row?.classList.toggle('spoken', isSpoken);
    if (isSpoken) row?.setAttribute('aria-current', 'true');
    else row?.removeAttribute('aria-current');
  }

  /** The first and the last line of a selection; undefined when there is none. */
  #selected(): [number, number] | undefined {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return undefined;
    const ends = [rowOf(selection.anchorNode), rowOf(selection.focusNode)];
    const [one, other] = ends;
    return one === undefined || other === undefined
      ? undefined
      : [Math.min(one, other), Math.max(one, other)];
  }

  /** What is selected, with times and speakers. Of several lines all are whole. */
  #copied(): string | undefined {
    const selected = this.#selected();
    if (!selected) return undefined;
    const [first, last] = selected;
    const part = first === last ? document.getSelection()?.toString().trim() : undefined;
    return this.#lines
      .slice(first, last + 1)
      .map(({ startS, speaker = this.#words.unknownSpeaker, text }) =>
        copiedLine(clockTime(startS), speaker, part !== undefined && text.includes(part) ? part : text),
      )
      .join('\n');
  }
}

function buttonOf(row: HTMLElement): HTMLElement {
  return row.querySelector('button') ?? row;
}

/** The number of the line that something in the page is in. */
function rowOf(inside: EventTarget | null): number | undefined {
  const around = inside instanceof Element ? inside : inside instanceof Node ? inside.parentElement : null;
  const row = around?.closest<HTMLElement>('.line');
  return row ? Number(row.dataset.index) : undefined;
}

/** A text with some of its parts marked. */
function markedText(text: string, places: readonly (readonly [number, number])[]): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const [start, end] of places) {
    parts.push(text.slice(from, start), element('mark', '', text.slice(start, end)));
    from = end;
  }
  return [...parts, text.slice(from)];
}
