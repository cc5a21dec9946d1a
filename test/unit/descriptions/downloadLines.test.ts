import assert from 'node:assert/strict';
import { DownloadLines } from '../../../src/descriptions/downloadLines.ts';
import type { BotDownloadProgress } from '../../../src/media/mediaDownloads.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

describe('the lines of downloads', () => {
  let clock: VirtualClock;
  let progress: BotDownloadProgress | undefined;
  let lines: DownloadLines;
  let drawn: number[];

  beforeEach(() => {
    clock = new VirtualClock(0);
    progress = undefined;
    drawn = [];
    const draw = (): void => {
      drawn.push(clock.now());
    };
    lines = new DownloadLines({ clock, progressOf: () => progress, draw });
  });

  function receive(receivedBytes: number): void {
    progress = {
      ...{ kind: 'downloading', file: 1, files: 1 },
      progress: {
        ...{ kind: 'receiving', receivedBytes, totalBytes: 1000, resumedFromBytes: 0 },
        ...{ bytesPerSecond: undefined, remainingMs: undefined },
      },
    };
    lines.changed('bot');
  }

  function end(): void {
    progress = undefined;
    lines.changed('bot');
  }

  it('are drawn at once when a download begins and when it ends', () => {
    receive(0);
    assert.deepEqual(drawn, [0]);
    end();
    assert.deepEqual(drawn, [0, 0]);
  });

  it('stay as they are as long as they say the same', async () => {
    receive(100);
    receive(101);
    await clock.advance(60_000);
    receive(104);
    await clock.advance(60_000);
    assert.deepEqual(drawn, [0]);
  });

  it('are drawn once a second at most, with what is the newest then', async () => {
    receive(0);
    for (let bytes = 100; bytes <= 1000; bytes += 100) {
      await clock.advance(250);
      receive(bytes);
    }
    await clock.advance(10_000);
    assert.deepEqual(drawn, [0, 1000, 2000, 3000]);
  });

  it('are not drawn any more after the end', async () => {
    receive(0);
    receive(500);
    end();
    await clock.advance(10_000);
    assert.deepEqual(drawn, [0, 0]);
    receive(0);
    receive(500);
    lines.dispose();
    await clock.advance(10_000);
    assert.deepEqual(drawn, [0, 0, 10_000]);
  });
});
