/** How fast it can be played; the pitch stays. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;
/** How far the arrow keys and the buttons go, in seconds. */
export const STEP_S = 5;

/** What the sound tells. */
export interface SoundListeners {
  /** The time, the length, the speed, or whether it plays is another one. */
  changed(): void;
  /** Somebody stopped or went elsewhere, or it has played on for a while. */
  reached(seconds: number): void;
  /** It cannot be played. */
  failed(): void;
}

/** While it plays, its place is told about so often. In seconds of the recording. */
const TELL_EVERY_S = 30;
/** Nobody sees that it stands elsewhere by less. */
const SAME_PLACE_S = 0.1;

/** The MP3 that is played. */
export class Sound {
  readonly #audio = new Audio();
  readonly #listeners: SoundListeners;
  #toldS = 0;
  /** Where it was when it could be played. */
  #lastS = 0;
  /** Where to be as soon as the length is known. */
  #seekTo: number | undefined;
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
      if (this.#seekTo) this.#audio.currentTime = this.#seekTo;
      this.#seekTo = undefined;
    });
    this.#audio.addEventListener('error', () => {
      // It stands at the beginning then; its place counts when it can be played again.
      this.#seekTo ??= this.#lastS;
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
    return this.#seekTo ?? this.#audio.currentTime;
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
    if (this.#audio.getAttribute('src') === address) return false;
    const wasPlaying = this.isPlaying;
    const isFirst = !this.#audio.hasAttribute('src');
    this.#seekTo = isFirst ? seconds : this.seconds;
    if (isFirst) this.#toldS = seconds;
    this.#audio.setAttribute('src', address);
    this.#audio.load();
    if (wasPlaying) this.play();
    return true;
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
    if (this.length > 0 && this.#seekTo === undefined) this.#lastS = currentTime;
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
