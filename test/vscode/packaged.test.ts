import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readmeOfPackage } from './packaged.ts';
import { repositoryRoot } from './repository.ts';

describe('the README in the package', () => {
  let page: string;

  before(async () => {
    page = readmeOfPackage(await readFile(join(repositoryRoot, 'README.md'), 'utf8'));
  });

  it('shows no picture and no link that cannot be reached from there', () => {
    const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    assert.ok(targets.length > 0);
    assert.deepEqual(
      targets.filter((target) => !/^(https:|#)/.test(target)),
      [],
    );
    assert.doesNotMatch(page, /!\[/);
  });

  it('keeps the words of the links it drops', () => {
    assert.match(page, /^- ARCHITECTURE\.md: /m);
  });
});
