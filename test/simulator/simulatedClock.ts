/** Where the simulator gets the time from: milliseconds since the epoch. */
export interface TimeSource {
  now(): number;
}

/** The time inside the simulation: starts at the outer clock's time, can run faster and can be moved ahead. */
export interface SimulatedClock extends TimeSource {
  /** From now on one outer millisecond is `scale` simulated ones; 0 stops the time. */
  setTimeScale(scale: number): void;
  /** Moves the simulated time ahead by `ms`. */
  advance(ms: number): void;
}

/** Makes the clock of one simulation. @param scale simulated milliseconds per outer millisecond, 0 or more */
export function createSimulatedClock(outer: TimeSource, scale: number): SimulatedClock {
  let anchorOuter = outer.now();
  let anchorSimulated = anchorOuter;
  let currentScale = checked(scale);
  const now = (): number => anchorSimulated + (outer.now() - anchorOuter) * currentScale;
  const anchorHere = (): void => {
    anchorSimulated = now();
    anchorOuter = outer.now();
  };
  return {
    now,
    setTimeScale: (next) => {
      anchorHere();
      currentScale = checked(next);
    },
    advance: (ms) => {
      anchorHere();
      anchorSimulated += ms;
    },
  };
}

function checked(scale: number): number {
  if (!Number.isFinite(scale) || scale < 0)
    throw new RangeError(`The time scale must be 0 or more, not ${scale}.`);
  return scale;
}
