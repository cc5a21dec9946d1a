import { packageExtension } from '../vscode/packaged.ts';

/** Runs before all tests: they take the package that this makes. */
export async function mochaGlobalSetup(): Promise<void> {
  await packageExtension();
}
