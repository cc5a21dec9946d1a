import type { PlayerWords } from '../protocol.ts';
import { clockTime } from './clockTime.ts';
import { element, icon, iconButton, nameButton } from './elements.ts';
import type { Sound } from './sound.ts';
import { SPEEDS, STEP_S } from './sound.ts';

/** The buttons for the sound, the time, and the speed. */
export class Controls {
  readonly root: HTMLElement;
  readonly #sound: Sound;
  readonly #words: PlayerWords;
  readonly #play: HTMLButtonElement;
  readonly #time = element('span', 'time');
  readonly #speed: HTMLSelectElement;

  constructor(sound: Sound, words: PlayerWords) {
    this.#sound = sound;
    this.#words = words;
    this.#play = iconButton('play', words.play, () => {
      sound.toggle();
    });
    this.#speed = speedChoice(words.speed);
    this.#speed.addEventListener('change', () => {
      sound.setSpeed(Number(this.#speed.value));
    });
    this.root = element(
      'div',
      'controls',
      iconButton('back', words.back, () => {
        sound.step(-STEP_S);
      }),
      this.#play,
      iconButton('forward', words.forward, () => {
        sound.step(STEP_S);
      }),
      this.#time,
      this.#speed,
    );
    this.update();
  }

  /** Shows how the sound stands. */
  update(): void {
    const { isPlaying, seconds, length, speed } = this.#sound;
    const name = isPlaying ? this.#words.pause : this.#words.play;
    if (this.#play.title !== name) {
      nameButton(this.#play, name);
      this.#play.replaceChildren(icon(isPlaying ? 'pause' : 'play'));
    }
    this.#time.textContent = `${clockTime(seconds)} / ${clockTime(length)}`;
    this.#speed.value = `${speed}`;
  }
}

function speedChoice(name: string): HTMLSelectElement {
  const choice = element('select', 'speed');
  choice.title = name;
  choice.setAttribute('aria-label', name);
  for (const speed of SPEEDS) {
    const option = element('option', '', `${speed}×`);
    option.value = `${speed}`;
    choice.append(option);
  }
  return choice;
}
