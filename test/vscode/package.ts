import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { packageExtension } from './packaged.ts';
import { repositoryRoot } from './repository.ts';

const { vsix } = await packageExtension();
await copyFile(vsix, join(repositoryRoot, basename(vsix)));
console.log(`Wrote ${basename(vsix)}.`);
