import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files in which VS Code looks for the system's certificates on Linux. */
const systemFiles = ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/certs/ca-bundle.crt'];

/** How to start a program for which the system trusts one authority more. */
export interface TrustingCommand {
  /** To be put before the program and its arguments. */
  readonly prefix: readonly [string, ...string[]];
}

/** Why this computer cannot do that. */
export interface CannotTrust {
  readonly why: string;
}

/**
 * Finds a way to let one program, and what it starts, trust an authority without changing anything on this computer:
 * a mount namespace of its own, with other contents in the file of certificates.
 * @param authority PEM
 * @param folder for the changed file; has to stay as long as the program runs
 */
export async function trustFor(authority: string, folder: string): Promise<TrustingCommand | CannotTrust> {
  if (process.platform !== 'linux') return { why: 'mount namespaces exist on Linux only' };
  const target = systemFiles.find((file) => existsSync(file));
  if (target === undefined) return { why: `there is neither ${systemFiles.join(' nor ')}` };
  const changed = join(folder, 'certificates.crt');
  await writeFile(changed, `${await readFile(target, 'utf8')}\n${authority}`);
  const isRoot = process.getuid?.() === 0;
  const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
  const namespaceFlags = isRoot ? ['--mount'] : ['--mount', '--map-root-user'];
  const prefix = ['unshare', ...namespaceFlags, 'sh', '-c', script, 'sh', changed, target] as const;
  const [command, ...args] = prefix;
  const trial = spawnSync(command, [...args, 'cmp', changed, target], { encoding: 'utf8' });
  if (trial.status === 0) return { prefix };
  const said = trial.error?.message ?? trial.stderr.trim();
  return { why: `a mount namespace cannot be made${isRoot ? '' : ' without root'}: ${said}` };
}
