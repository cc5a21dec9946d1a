import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..', 'src');

/** The files that each file of the product imports, types included, as paths below `src`. */
async function imports(): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const entries = names.map(async (name): Promise<[string, readonly string[]]> => {
    const file = name.replaceAll(sep, '/');
    const text = await readFile(join(root, name), 'utf8');
    const sources = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
    return [file, sources.map((source) => posix.join(dirname(file), source))];
  });
  return new Map(await Promise.all(entries));
}

/** The first way from a file back to itself; undefined when there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): string[] | undefined => {
    const before = way.indexOf(file);
    if (before >= 0) return [...way.slice(before), file];
    if (done.has(file)) return undefined;
    way.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    way.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}

describe('the house', () => {
  // That imports lead down the floors, a lint rule sees to; it does not look inside a room.
  it('has no circle of files that import each other', async () => {
    const graph = await imports();
    assert.ok(graph.size > 100);
    for (const [file, targets] of graph)
      for (const target of targets) assert.ok(graph.has(target), `${file} imports ${target}`);
    assert.equal(circleIn(graph)?.join(' -> '), undefined);
  });
});
