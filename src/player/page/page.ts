import { readToPage } from '../protocol.ts';
import type { FromPage } from '../protocol.ts';
import { Player } from './player.ts';

/** What VS Code gives a page, to talk with the extension. */
declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const host = acquireVsCodeApi();
let player: Player | undefined;

addEventListener('message', ({ data }) => {
  const message = readToPage(data);
  if (!message) return;
  switch (message.type) {
    case 'show':
      if (player) player.show(message);
      else player = begin(message);
      break;
    case 'lanes':
      player?.showLanes(message.lanes);
      break;
    case 'playFrom':
      player?.playFrom(message.seconds);
      break;
    case 'pause':
      player?.pause();
  }
});
host.postMessage({ type: 'ready' });

function begin(recording: ConstructorParameters<typeof Player>[1]): Player | undefined {
  const root = document.getElementById('player');
  return root
    ? new Player(root, recording, {
        began: () => {
          host.postMessage({ type: 'plays' });
        },
        reached: (seconds) => {
          host.postMessage({ type: 'place', seconds });
        },
      })
    : undefined;
}
