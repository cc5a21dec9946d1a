import { join, resolve } from 'node:path';

/** The folder that holds package.json. */
export const repositoryRoot: string = resolve(import.meta.dirname, '..', '..');

/** Where editors and browsers for the tests are kept between runs; not under version control. */
export const editorsFolder: string = join(repositoryRoot, '.vscode-test');

/** Where everything built for or by the tests goes; not under version control. */
export const outputFolder: string = join(repositoryRoot, 'out');

/** The Node that the project brings along for its scripts; major version 24. */
export const projectNode: string = join(repositoryRoot, 'node_modules', 'node', 'bin', 'node');
