// Tells, as another window of VS Code would, that an API key changed: FOLDER ORIGIN stored|removed.
import { randomUUID } from 'node:crypto';
import { KeyMarks } from '../../src/keys/keyMarks.ts';
import { nodeStateFiles } from '../../src/state/stateFiles.ts';

const [folder = '', origin = '', change] = process.argv.slice(2);
const ignore = (): void => undefined;
const log = { trace: ignore, debug: ignore, info: ignore, warn: console.error, error: console.error };
const marks = new KeyMarks(folder, nodeStateFiles, log);
await marks.write({ origin, changeId: randomUUID(), stored: change === 'stored', at: Date.now() });
