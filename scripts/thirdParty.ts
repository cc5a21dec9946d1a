import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of esbuild's metafile that counts here: the paths of what is in the bundle. */
export interface BundleInputs {
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A package in the bundle, and what its authors want to be said about it. */
interface ThirdParty {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly repository: string | undefined;
  /** The texts of its licence and notice files. */
  readonly texts: readonly string[];
}

const LEGAL_FILE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;
const RULE = '='.repeat(78);

/**
 * The notices that the packages in a bundle ask for.
 *
 * @param root the folder that the metafile's paths start from
 * @throws Error when a package says nothing about its licence, or its text is neither in it nor kept in scripts/licences
 */
export async function thirdPartyNotices(metafile: BundleInputs, root: string): Promise<string> {
  const packages = await Promise.all(packageFolders(metafile).map((folder) => readPackage(root, folder)));
  const sections = packages
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, licence, repository, texts }) =>
      [`${name} ${version}`, licence, ...(repository === undefined ? [] : [repository]), '', ...texts].join(
        '\n',
      ),
    );
  const head = 'Recall Meeting Audio contains code of these packages:';
  return `${[`${head}\n`, ...sections].join(`\n${RULE}\n`)}\n`;
}

/** The folders of the packages in a bundle, such as `node_modules/@scope/name`, nested ones too. */
function packageFolders({ inputs }: BundleInputs): string[] {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)];
}

async function readPackage(root: string, folder: string): Promise<ThirdParty> {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Readonly<
    Record<string, unknown>
  >;
  const { name, version, license } = manifest;
  if (typeof name !== 'string' || typeof version !== 'string' || typeof license !== 'string') {
    throw new Error(`${folder}/package.json does not say its name, version and licence.`);
  }
  const files = (await readdir(join(root, folder)))
    .filter((file) => LEGAL_FILE.test(file))
    .toSorted()
    .map((file) => join(root, folder, file));
  // For a package that leaves the text in its repository we keep a copy.
  const kept = join(root, 'scripts', 'licences', `${name}.txt`);
  if (files.length === 0 && existsSync(kept)) files.push(kept);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  if (texts.length === 0)
    throw new Error(
      `${folder} does not bring the text of its licence along, and scripts/licences has no copy.`,
    );
  return {
    name,
    version,
    licence: license,
    repository: repositoryOf(manifest),
    texts: texts.map((text) => text.replaceAll('\r\n', '\n').trim()),
  };
}

function repositoryOf({ repository }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof repository === 'string') return repository;
  if (typeof repository !== 'object' || repository === null || !('url' in repository)) return undefined;
  return typeof repository.url === 'string' ? repository.url.replace(/^git\+/, '') : undefined;
}
