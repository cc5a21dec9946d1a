import type { Attention } from './pace.ts';

/** How much a window is looked at. */
export class WatcherAttention {
  #isFocused = false;
  #isViewVisible = false;
  #gainedFocus = false;

  /** Whether the window has the focus. */
  get isFocused(): boolean {
    return this.#isFocused;
  }

  /** Whether the view of the bots is visible. */
  get isViewVisible(): boolean {
    return this.#isViewVisible;
  }

  /** @returns whether the window just got the focus */
  setFocused(focused: boolean): boolean {
    const gained = focused && !this.#isFocused;
    this.#isFocused = focused;
    this.#gainedFocus ||= gained;
    return gained;
  }

  /** @returns whether the view just became visible */
  setViewVisible(visible: boolean): boolean {
    const gained = visible && !this.#isViewVisible;
    this.#isViewVisible = visible;
    return gained;
  }

  /** Whether the window got the focus since this was asked last. */
  takeGainedFocus(): boolean {
    const gained = this.#gainedFocus;
    this.#gainedFocus = false;
    return gained;
  }

  /** @param isSeenElsewhere whether another window shows what this one asks for */
  of(isSeenElsewhere: boolean): Attention {
    if (this.#isFocused) return 'focused';
    return this.#isViewVisible || isSeenElsewhere ? 'visible' : 'background';
  }
}
