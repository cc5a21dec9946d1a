import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly languageModelTools: readonly { readonly toolReferenceName: string }[];
  };
}

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly order: number;
}

describe('README.md', () => {
  let readme: string;
  let manifest: Manifest;
  let texts: Readonly<Record<string, string>>;

  before(async () => {
    readme = await readFile(join(root, 'README.md'), 'utf8');
    manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
    texts = JSON.parse(await readFile(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
  });

  it('lists every command that the palette shows, by its id and its title', () => {
    const { commands, menus } = manifest.contributes;
    const hidden = menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const shown = commands
      .filter(({ command }) => !hidden.includes(command))
      .map(({ command, title }) => [`\`${command}\``, `Recall: ${texts[title.slice(1, -1)] ?? ''}`]);
    const listed = tableIn(readme, 'Commands').map(([id, title]) => [id, title]);
    assert.deepEqual(listed.toSorted(), shown.toSorted());
  });

  it('lists every setting with its default and its choices, in the order of the settings editor', () => {
    const { properties } = manifest.contributes.configuration;
    const settings = Object.entries(properties).toSorted(([, a], [, b]) => a.order - b.order);
    const rows = tableIn(readme, 'Settings');
    assert.deepEqual(
      rows.map(([name, value]) => [name, value]),
      settings.map(([name, setting]) => [`\`${name}\``, shownDefault(setting.default)]),
    );
    for (const [index, [name, setting]] of settings.entries()) {
      const meaning = rows[index]?.[2] ?? '';
      for (const choice of setting.enum ?? [])
        assert.ok(meaning.includes(`\`${choice}\``), `${name}: ${choice}`);
    }
  });

  it('names every tool for language models', () => {
    const names = manifest.contributes.languageModelTools.map(({ toolReferenceName }) => toolReferenceName);
    assert.deepEqual([...readme.matchAll(/`#(\w+)`/g)].map(([, name]) => name).toSorted(), names.toSorted());
  });

  it('leads to files and headings that exist', () => {
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
    for (const [, target = ''] of readme.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target.startsWith('https:')) continue;
      const isThere = target.startsWith('#')
        ? headings.includes(target.slice(1))
        : existsSync(join(root, target));
      assert.ok(isThere, target);
    }
  });
});

/** The rows of the first table below a heading, without its head. */
function tableIn(text: string, heading: string): string[][] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.slice(2).map((line) => line.split('|').slice(1, -1));
  assert.ok(rows.length > 0, `no table below ${heading}`);
  return rows.map((cells) => cells.map((cell) => cell.trim()));
}

function shownDefault(value: unknown): string {
  return value === '' ? 'empty' : `\`${String(value)}\``;
}

/** The way in which a heading is linked to. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
