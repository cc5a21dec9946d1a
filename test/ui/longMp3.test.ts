import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWebVtt } from '../../src/transcripts/webVtt.ts';
import { mp3Content, wholeContent } from '../simulator/mediaContent.ts';
import { mp3BytesOf } from '../simulator/mp3.ts';
import { outputFolder } from '../vscode/repository.ts';
import { PlayerPage } from './playerPage.ts';
import { useSession } from './useSession.ts';

const name = 'Board meeting';
const lengthS = 3600;
const sentences = [
  { startS: 0, said: 'Let us begin.' },
  { startS: 1800, said: 'This is half of it.' },
  { startS: 3590, said: 'Have a safe trip home.' },
];

describe('An MP3 of an hour, in the oldest VS Code, in a folder that is not trusted', () => {
  const session = useSession({
    version: 'floor',
    restricted: true,
    settings: { 'workbench.editorAssociations': { '*.mp3': 'recall.player' } },
    screenshots: join(outputFolder, 'screenshots', 'player'),
  });

  it('is played from wherever somebody wants to hear it', async () => {
    const { workbench, workspace } = session();
    await writeFile(
      join(workspace, `${name}.mp3`),
      wholeContent(mp3Content(440, mp3BytesOf(lengthS * 1000))),
    );
    const lines = sentences.map(({ startS, said }) => ({
      ...{ startS, endS: startS + 5, speaker: 'Ana', text: said, words: [] },
    }));
    await writeFile(join(workspace, `${name}.vtt`), writeWebVtt(lines));
    await workbench.openFile(`${name}.mp3`);
    const player = await PlayerPage.of(workbench, name);
    await player.expect({ time: '0:00 / 1:00:00', problems: [] });
    for (const { startS, said } of sentences.toReversed()) {
      await player.lines(said).click();
      await player.expect({
        ...{ isPlaying: true, spoken: said },
        seconds: (seconds) => seconds > startS && seconds < startS + 600,
      });
    }
    await workbench.screenshot('long, oldest');
  });
});
