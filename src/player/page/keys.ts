import type { Sound } from './sound.ts';
import { STEP_S } from './sound.ts';

/** How far J and L go, in seconds. */
const LEAP_S = 10;

/** Plays by keys, as people know it from other players, wherever in the page they are but in a field. */
export function listenToKeys(sound: Sound, openSearch: () => void): void {
  const toggle = (): void => {
    sound.toggle();
  };
  const acts: Readonly<Record<string, () => void>> = {
    ' ': toggle,
    k: toggle,
    j: () => {
      sound.step(-LEAP_S);
    },
    l: () => {
      sound.step(LEAP_S);
    },
    arrowleft: () => {
      sound.step(-STEP_S);
    },
    arrowright: () => {
      sound.step(STEP_S);
    },
    '[': () => {
      sound.changeSpeed(-1);
    },
    ']': () => {
      sound.changeSpeed(1);
    },
    '/': openSearch,
  };
  document.addEventListener('keydown', (event) => {
    const key = keyOf(event);
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'f') {
      event.preventDefault();
      openSearch();
      return;
    }
    if (isShortcutOfOthers(event, key) || hasKeysOfItsOwn(event.target, key)) return;
    const act = acts[key];
    if (!act) return;
    event.preventDefault();
    // Who holds a key down goes on and on, but does not start and stop.
    if (!event.repeat || act !== toggle) act();
  });
}

/** Where letters are not Latin, a key is known by its place. */
const BY_PLACE: Readonly<Record<string, string>> = {
  KeyF: 'f',
  KeyJ: 'j',
  KeyK: 'k',
  KeyL: 'l',
  BracketLeft: '[',
  BracketRight: ']',
};

function keyOf({ key, code }: KeyboardEvent): string {
  const isLatin = key.length > 1 || /[ -~]/.test(key);
  return (isLatin ? undefined : BY_PLACE[code]) ?? key.toLowerCase();
}

/** On many keyboards brackets are typed with Alt, or with AltGr, which tells Ctrl and Alt on Windows. */
function isShortcutOfOthers({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent, key: string): boolean {
  if (key === '[' || key === ']') return metaKey || (ctrlKey && !altKey);
  return ctrlKey || metaKey || altKey || (shiftKey && key.startsWith('arrow'));
}

/** A field takes every key, a list its arrows and letters, a button the one that presses it. */
function hasKeysOfItsOwn(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'range';
  if (target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLButtonElement && key === ' ';
}
