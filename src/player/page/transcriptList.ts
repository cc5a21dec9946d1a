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
  #isDrawing = false;
  #isStale = false;

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
    const hadFocus = this.#list.contains(document.activeElement);
    this.#lines = lines;
    this.#spoken = undefined;
    this.#found = undefined;
    this.#reached = Math.max(0, Math.min(this.#reached, lines.length - 1));
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.root.hidden = lines.length === 0;
    this.#askAgain();
    this.#virtual.measure();
    this.#virtual._willUpdate();
    this.#draw();
    if (hadFocus) this.#focusReached();
  }

  /** Lights the line that is spoken. @param seconds where it is */
  update(seconds: number): void {
    const spoken = spokenLine(this.#lines, seconds);
    if (spoken === this.#spoken) return;
    this.#lightUp(this.#spoken, false);
    this.#spoken = spoken;
    this.#lightUp(spoken, true);
    this.#offerWayBack();
    if (!this.#isFollowing || spoken === undefined) return;
    this.#bringIntoSight(spoken);
    if (!this.#list.contains(document.activeElement)) this.#setReached(spoken);
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
    this.#setReached(index);
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
    this.#offerWayBack();
    if (isFollowing) this.#bringIntoSight(this.#spoken);
  }

  #offerWayBack(): void {
    this.#backButton.hidden = this.#isFollowing || this.#spoken === undefined;
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
    this.#list.addEventListener('click', ({ target, detail }) => {
      const index = rowOf(target);
      // Who selects text wants to copy it. A key that presses a button is no click of a mouse.
      if (index === undefined || (detail > 0 && isSelecting(index))) return;
      this.#follow(true);
      this.#playFrom(this.#lines[index]?.startS ?? 0);
      // The space bar stops it then, instead of pressing the button again.
      if (detail > 0) buttonOf(this.#rows.get(index) ?? this.#list).blur();
    });
    this.#list.addEventListener('focusin', ({ target }) => {
      const index = rowOf(target);
      if (index !== undefined) this.#setReached(index);
    });
    document.addEventListener('selectionchange', () => {
      this.#askAgain();
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
    this.#setReached(index);
    this.#virtual.scrollToIndex(index, { align: 'auto' });
    this.#draw();
    this.#focusReached();
  }

  #setReached(index: number): void {
    if (index === this.#reached) return;
    const [before, now] = [this.#reached, index].map((line) => this.#rows.get(line));
    if (before) buttonOf(before).tabIndex = -1;
    if (now) buttonOf(now).tabIndex = 0;
    this.#reached = index;
    this.#askAgain();
  }

  #focusReached(): void {
    const row = this.#rows.get(this.#reached);
    if (row) buttonOf(row).focus({ preventScroll: true });
  }

  /** Has the lines that are to be in the page asked for anew: the answer is kept as long as the function is the same. */
  #askAgain(): void {
    this.#virtual.setOptions({
      ...this.#options,
      count: this.#lines.length,
      rangeExtractor: (range) => this.#linesToShow(range),
    });
  }

  #linesToShow(range: Range): number[] {
    const shown = new Set(defaultRangeExtractor(range));
    // The focus and the ends of a selection stay in the page, or they would be lost.
    for (const index of [this.#reached, ...(this.#selected() ?? [])])
      if (index < range.count) shown.add(index);
    return [...shown].toSorted((one, other) => one - other);
  }

  /** Measuring a new line tells at once that others have moved, while they are still being drawn. */
  #draw(): void {
    this.#isStale = true;
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    while (this.#isStale) {
      this.#isStale = false;
      this.#drawOnce();
    }
    this.#isDrawing = false;
  }

  #drawOnce(): void {
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
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.#list)) return undefined;
    // What begins above the lines, or ends below them, has them all up to there.
    return [rowOf(range.startContainer) ?? 0, rowOf(range.endContainer) ?? this.#lines.length - 1];
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

/** Whether text of a line is selected. */
function isSelecting(line: number): boolean {
  const selection = document.getSelection();
  return selection?.isCollapsed === false && rowOf(selection.focusNode) === line;
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
