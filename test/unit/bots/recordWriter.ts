import { BotRecords } from '../../../src/bots/botRecords.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import { quietLog } from './quietLog.ts';

/** A process of its own that adds ten MP3s to one bot's record: `node recordWriter.ts FOLDER ORIGIN NAME`. */
const [folder = '', origin = '', name = ''] = process.argv.slice(2);
const records = new BotRecords(folder, origin, nodeStateFiles, quietLog());
for (let number = 0; number < 10; number++) {
  const mp3 = { recordingId: 'r', artifactId: `${name}${number}`, path: `/${name}${number}.mp3`, bytes: 1 };
  await records.change('bot-1', ({ saved }) => ({ saved: [...saved, mp3] }));
}
