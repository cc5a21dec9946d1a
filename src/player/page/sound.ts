import { playableAddress, release } from './playableAddress.ts';

/** How fast it can be played; the pitch stays. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;
/** How far the arrow keys and the buttons go, in seconds. */
export const STEP_S = 5;

/** What the sound tells. */
export interface SoundListeners {
  /** The time, the length, the speed, or whether it plays is another one. */
  changed(): void;
  /** It begins to play. */
  began(): void;
  /** Somebody stopped or went elsewhere, or it has played on for a while. */
  reached(seconds: number): void;
  /** It can be played, and how long it is is known. */
  loaded(): void;
  /** It cannot be played. */
  failed(): void;
}

/** While it plays, its place is told about so often. In seconds of the recording. */
const TELL_EVERY_S = 5;
/** Nobody sees that it stands elsewhere by less. */
const SAME_PLACE_S = 0.1;

/** The MP3 that is played. */
export class Sound {
  readonly #audio = new Audio();
  readonly #listeners: SoundListeners;
  /** What was asked for last, which is played from there or from a copy. */
  #address: string | undefined;
  #looking = new AbortController();
  #toldS = 0;
  /** Where it was when it could be played. */
  #lastS = 0;
  /** Where to be as soon as the length is known. */
  #seekTo: number | undefined;
  /** Where to be as soon as there is so much: a file that is written anew is shorter at first. */
  #beyondEnd: number | undefined;
  #speed = 1;

  constructor(listeners: SoundListeners) {
    this.#listeners = listeners;
    this.#audio.preload = 'metadata';
    this.#audio.preservesPitch = true;
    for (const event of ['play', 'pause', 'timeupdate', 'durationchange', 'ratechange', 'ended', 'seeked'])
      this.#audio.addEventListener(event, () => {
        this.#changed(event);
      });
    this.#audio.addEventListener('loadedmetadata', () => {
      this.#audio.playbackRate = this.#speed;
      const to = this.#seekTo ?? 0;
      this.#beyondEnd = to > this.length ? to : undefined;
      if (to > 0) this.#audio.currentTime = Math.min(to, this.length);
      this.#seekTo = undefined;
      listeners.loaded();
    });
    this.#audio.addEventListener('play', () => {
      this.#beyondEnd = undefined;
      listeners.began();
    });
    this.#audio.addEventListener('error', () => {
      this.#seekTo = this.seconds;
      listeners.failed();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#tell(this.seconds);
    });
  }

  /** The element, which has to be in the page for assistive technology. */
  get element(): HTMLAudioElement {
    return this.#audio;
  }

  get isPlaying(): boolean {
    return !this.#audio.paused && !this.#audio.ended;
  }

  get seconds(): number {
    // With an error it stands at the beginning; its place counts when it can be played again.
    return this.#seekTo ?? (this.#audio.error ? this.#lastS : this.#audio.currentTime);
  }

  /** In seconds; 0 while it is not known. */
  get length(): number {
    return Number.isFinite(this.#audio.duration) ? this.#audio.duration : 0;
  }

  get speed(): number {
    return this.#speed;
  }

  /**
   * Loads a file, or the same one anew when it has changed.
   *
   * @param seconds where to stand
   * @returns false when it is loaded already
   */
  load(address: string, seconds: number): boolean {
    if (this.#address === address) return false;
    if (this.#address === undefined) this.#toldS = this.#seekTo = seconds;
    this.#address = address;
    this.#looking.abort();
    this.#looking = new AbortController();
    void this.#loadFrom(address, this.#looking.signal);
    return true;
  }

  /** What was loaded is played on until the other is there. */
  async #loadFrom(address: string, signal: AbortSignal): Promise<void> {
    const playable = await playableAddress(address, signal);
    if (signal.aborted) {
      release(playable);
      return;
    }
    const { src } = this.#audio;
    const wasPlaying = this.isPlaying;
    this.#seekTo = this.#beyondEnd ?? this.seconds;
    this.#audio.src = playable;
    release(src);
    if (wasPlaying) this.play();
  }

  play(): void {
    // What was away may be back.
    if (this.#audio.error) this.#audio.load();
    this.#audio.play().catch((error: unknown) => {
      // A browser may want a key or a click first. What cannot be played is told by the event of its own.
      if (!(error instanceof DOMException)) throw error;
    });
  }

  pause(): void {
    this.#audio.pause();
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** Goes to a second, as far as the recording reaches. */
  seek(seconds: number): void {
    const to = Math.max(0, this.length > 0 ? Math.min(seconds, this.length) : seconds);
    this.#beyondEnd = undefined;
    if (this.length > 0) this.#audio.currentTime = to;
    else this.#seekTo = to;
    this.#tell(to);
  }

  /** Goes on or back. */
  step(seconds: number): void {
    this.seek(this.seconds + seconds);
  }

  playFrom(seconds: number): void {
    this.seek(seconds);
    this.play();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#audio.playbackRate = speed;
  }

  /** One of the speeds further. */
  changeSpeed(direction: 1 | -1): void {
    const at = SPEEDS.findIndex((speed) => speed === this.#speed);
    this.setSpeed(SPEEDS[Math.min(Math.max(0, at + direction), SPEEDS.length - 1)] ?? 1);
  }

  #changed(event: string): void {
    const { currentTime } = this.#audio;
    if (this.length > 0 && this.#seekTo === undefined && !this.#audio.error) this.#lastS = currentTime;
    if (event === 'pause' || event === 'seeked' || Math.abs(currentTime - this.#toldS) >= TELL_EVERY_S)
      this.#tell(this.#audio.ended ? 0 : currentTime);
    this.#listeners.changed();
  }

  #tell(seconds: number): void {
    // Before the length is known the element stands at the beginning, which is nobody's place.
    if (this.length === 0 || Math.abs(seconds - this.#toldS) < SAME_PLACE_S) return;
    this.#toldS = seconds;
    this.#listeners.reached(seconds);
  }
}
